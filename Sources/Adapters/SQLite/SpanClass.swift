import Domain

/// Chunks whose time spans have about the same length.
///
/// An index by the earliest event finds what begins in a range, but not what reaches into it from before. Within a class
/// no span is longer than `2^number - 1` ns, so what reaches into a range begins at most that long before it: one seek a
/// class, which reads at most what overlaps and what ended that shortly before. Most streams have a dozen classes.
struct SpanClass: Hashable, Sendable {
  /// 0 (one moment) to 64.
  let number: Int

  init(_ span: ClosedRange<Timestamp>) {
    let length = UInt64(bitPattern: span.upperBound.nanoseconds &- span.lowerBound.nanoseconds)
    number = UInt64.bitWidth - length.leadingZeroBitCount
  }

  /// Nil unless `number` is a class.
  init?(number: Int64) {
    guard (0...64).contains(number) else { return nil }
    self.number = Int(number)
  }

  /// The earliest beginning of a chunk of this class that reaches `time`.
  func earliestStart(reaching time: Timestamp) -> Timestamp {
    guard number < 63 else { return .distantPast }
    return time.advanced(by: .nanoseconds(1 - (Int64(1) << Int64(number))))
  }
}
