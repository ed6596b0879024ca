/// Where a log goes on after a restart.
///
/// Behind everything that can have been acknowledged: an offset that was given away once must not be given to another record,
/// and what is missing below the end is a gap that readers find.
struct LogEnd: Equatable, Sendable {
  /// How far behind the known end an unknown one is taken to be at least: more records than the log takes in between two notes
  /// of the durable end.
  static let leastReach: UInt64 = 1 << 20

  /// Of the next record.
  let offset: UInt64
  /// Nobody knows how many records were lost below it: it lies well above what can have been there.
  let isOpen: Bool

  /// - Parameters:
  ///   - scan: Of the last segment.
  ///   - mark: What is known beside the segments.
  ///   - fileBytes: Of the last segment.
  init(_ scan: SegmentScan.Outcome, _ mark: DurableEndFile?, fileBytes: Int, isHeaderDamaged: Bool) {
    let known = max(scan.nextOffset, mark?.offset ?? 0)
    let reach = max(known, scan.tail?.reach ?? 0)
    if scan.nextOffset < mark?.offset ?? 0 {
      // Damage. Where it ends is known after a clean stop, or if the file is there to its end.
      if mark?.isExact == true {
        (offset, isOpen) = (known, false)
      } else if let tail = scan.tail, tail.isWhole, tail.reach >= known, !isHeaderDamaged {
        (offset, isOpen) = (reach, false)
      } else {
        (offset, isOpen) = (Self.beyond(known, fileBytes: fileBytes), true)
      }
    } else if isHeaderDamaged, mark?.isExact != true, scan.tail != nil || scan.end == SegmentHeader.byteCount {
      // A header is durable before the first record: a crash does not break it, so the end is not the tail of one.
      (offset, isOpen) = (Self.beyond(known, fileBytes: fileBytes), true)
    } else {
      (offset, isOpen) = (known, false)
    }
  }

  /// Where no segment is left: behind all that can have been in those that are gone; 0 if there never was one.
  init(withoutSegments mark: DurableEndFile?) {
    let known = mark?.offset ?? 0
    isOpen = mark?.isExact == false
    offset = isOpen ? Self.beyond(known, fileBytes: 0) : known
  }

  /// An offset above all that can have been behind `known` in a file of so many bytes.
  static func beyond(_ known: UInt64, fileBytes: Int) -> UInt64 {
    known + max(leastReach, UInt64(fileBytes / SegmentScan.leastFrameBytes))
  }
}
