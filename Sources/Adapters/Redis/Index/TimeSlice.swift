import Domain

/// The chunks of a partition that begin within the same aligned stretch of time and have about the same span.
///
/// Look-ups by the earliest event alone would miss what reaches into a range from before. On each level no chunk's span is longer
/// than a slice (but for the last one), so what reaches into a range begins at most one slice before it. Nearly all chunks are
/// of level 0: they lie within one bucket.
struct TimeSlice: Hashable, Comparable, Sendable {
  /// Binary logarithms of the slices' lengths in nanoseconds: 2.4 hours, 208 days, 292 years.
  ///
  /// Shorter ones on level 0 would cost more memory (a field for each stream and slice), longer ones would make look-ups in
  /// short ranges read more.
  static let shifts: [Int64] = [43, 54, 63]

  let level: Int
  let number: Int64

  init(of span: ClosedRange<Timestamp>) {
    let length = UInt64(bitPattern: span.upperBound.nanoseconds &- span.lowerBound.nanoseconds)
    level = Self.shifts.firstIndex { length < UInt64(1) << UInt64($0) } ?? Self.shifts.count - 1
    number = span.lowerBound.nanoseconds >> Self.shifts[level]
  }

  /// Nil if no slice is called so.
  init?(name: [UInt8]) {
    let halves = String(decoding: name, as: UTF8.self).split(separator: ":")
    guard halves.count == 2, let level = Int(halves[0]), Self.shifts.indices.contains(level),
      let number = Int64(halves[1])
    else { return nil }
    self.level = level
    self.number = number
  }

  var name: String { "\(level):\(number)" }

  var start: Int64 { number << Self.shifts[level] }

  /// The slices of each level that can hold a chunk with an event within these moments: first and last.
  static func covering(_ moments: ClosedRange<Timestamp>) -> [ClosedRange<Int64>] {
    shifts.map { shift in
      ((moments.lowerBound.nanoseconds >> shift) - 1)...(moments.upperBound.nanoseconds >> shift)
    }
  }

  static func < (left: TimeSlice, right: TimeSlice) -> Bool {
    left.level == right.level ? left.number < right.number : left.level < right.level
  }
}
