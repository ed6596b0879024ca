import Application
import Domain

/// The list of placements that a log ever had, as its topic tells it: a plain state machine.
///
/// Each record is a version, a number of partitions and a spread (4 bytes each, little-endian). Of those that name one version
/// the first counts: whoever adds one reads afterwards whose was first.
struct PlacementList: Sendable {
  private(set) var entries: [(placement: Placement, written: Timestamp)] = []
  /// The offset of the next record to look at.
  private(set) var next: UInt64 = 0

  var last: Placement? { entries.last?.placement }

  /// Takes note of a record. What is no placement, or names a version out of turn, says nothing.
  mutating func apply(_ record: LogRecord) {
    next = record.offset + 1
    let bytes = record.record.bytes
    guard bytes.count == 12, let placement = try? Placement(bytes.span), Int(placement.version) == entries.count else {
      return
    }
    entries.append((placement, record.appended))
  }

  /// Those that are used at a time: the first, and each that was written `delay` before.
  func placements(at time: Timestamp, delay: Duration) -> [Placement] {
    let usable = entries.prefix { $0.placement.version == 0 || $0.written.advanced(by: delay) <= time }
    return usable.map(\.placement)
  }
}
