/// Why there is nothing to measure.
struct BenchFailure: Error, CustomStringConvertible {
  let description: String
}
