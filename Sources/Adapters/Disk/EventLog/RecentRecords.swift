import Application
import Domain

/// The newest records of a partition, kept as they were appended, so that a processor that keeps up never reads the disk.
struct RecentRecords: Sendable {
  private let limit: Int
  /// Consecutive offsets; nil before `head`.
  private var records: [LogRecord?] = []
  private var head = 0
  private var firstOffset: UInt64 = 0
  private var bytes = 0

  /// - Parameter limit: Bytes of records to keep.
  init(limit: Int) { self.limit = limit }

  /// Adds a record that follows the last one.
  mutating func append(_ record: LogRecord) {
    if head == records.count { firstOffset = record.offset }
    records.append(record)
    bytes += record.record.bytes.count
    while bytes > limit, let oldest = records[head] {
      bytes -= oldest.record.bytes.count
      records[head] = nil
      head += 1
      firstOffset += 1
      if head == records.count { break }
    }
    if head > records.count / 2 {
      records.removeFirst(head)
      head = 0
    }
  }

  mutating func removeAll() { self = RecentRecords(limit: limit) }

  /// Records from `offset` on whose bytes stay within `limit`, at least one; nil if `offset` is not among those kept.
  func read(from offset: UInt64, limit: Int) -> [LogRecord]? {
    guard offset >= firstOffset, offset < firstOffset + UInt64(records.count - head) else { return nil }
    var found: [LogRecord] = []
    var bytes = 0
    for case let record? in records[(head + Int(offset - firstOffset))...] {
      bytes += record.record.bytes.count
      if bytes > limit, !found.isEmpty { break }
      found.append(record)
    }
    return found
  }
}
