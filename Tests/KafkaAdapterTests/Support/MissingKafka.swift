/// A Kafka that a test needs and that is not there.
struct MissingKafka: Error, CustomStringConvertible {
  let description: String
}
