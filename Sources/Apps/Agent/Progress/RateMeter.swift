/// Events a second over the last seconds, from a count that is looked at now and then.
struct RateMeter {
  /// Long enough to read, short enough to follow.
  private static let span = Duration.seconds(3)

  private var samples: [(time: Duration, count: Int)] = []

  mutating func rate(of count: Int, at time: Duration) -> Int {
    samples.append((time, count))
    while samples.count > 2, time - samples[0].time > Self.span { samples.removeFirst() }
    let seconds = (time - samples[0].time) / .seconds(1)
    return seconds > 0 ? Int(Double(count - samples[0].count) / seconds) : 0
  }
}
