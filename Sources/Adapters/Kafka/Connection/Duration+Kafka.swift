extension Duration {
  /// As librdkafka counts time: at least 1, at most a day.
  var kafkaMilliseconds: CInt {
    let bounded = Swift.min(Swift.max(self, .milliseconds(1)), .seconds(86_400)).components
    return CInt(bounded.seconds * 1_000 + bounded.attoseconds / 1_000_000_000_000_000)
  }
}
