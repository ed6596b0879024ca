import Application
import Domain

/// Events of an invented shop, cut into batches of 1,000, their times spread over the last hours as real ones are.
struct Workload: Sendable {
  /// A chunk holds an hour: three hours make several buckets.
  private static let span = Duration.seconds(3 * 3_600)

  let batches: [CutBatch]
  let eventCount: Int
  let timeSpan: ClosedRange<Timestamp>

  init(events count: Int, endingAt end: Timestamp) {
    let start = end.advanced(by: .zero - Self.span)
    let meanGap = max(1, Self.span.wholeNanoseconds / Int64(count))
    var generator = LoadGenerator(seed: 4)
    var gaps = RandomGaps(mean: UInt64(meanGap))
    var attributes = ThreadAttributes()
    var time = start
    var batches: [CutBatch] = []
    for _ in 0..<count {
      time = min(end, time.advanced(by: .nanoseconds(gaps.next())))
      _ = generator.add(1, from: time)
      for batch in generator.take(ofAtLeast: LoadGenerator.batchEvents) { batches.append(attributes.add(to: batch)) }
    }
    for batch in generator.take(ofAtLeast: 1) { batches.append(attributes.add(to: batch)) }
    self.batches = batches
    eventCount = count
    timeSpan = start...end
  }

  /// The message of one event of an early batch, up to `length` bytes from where `marker` begins; nil if none has it.
  func early(after marker: String, length: Int) -> String? {
    let search = SubstringSearch(Array(marker.utf8))
    for batch in batches.prefix(max(1, batches.count / 4)) {
      guard let start = search.first(in: batch.events.messages.span) else { continue }
      let end = min(batch.events.messages.count, start + length)
      return String(validating: batch.events.messages.span.extracting(start..<end))
    }
    return nil
  }
}
