import Domain

/// Records of consecutive offsets that were read and are not in committed objects: what the next flush will hold.
struct OpenRecords: Sendable {
  /// A letter whose flush is not known yet.
  struct Letter: Sendable {
    let id: DeadLetterID
    let reason: DeadLetterReason
    let record: [UInt8]
    let time: Timestamp
    let tenant: TenantID?
  }

  let from: UInt64
  private(set) var end: UInt64
  private(set) var batches: [RecentAnswer.Batch] = []
  private(set) var letters: [Letter] = []
  private(set) var newestAppend = Timestamp.distantPast
  private(set) var bytes = 0
  private(set) var events = 0

  init(from: UInt64) {
    self.from = from
    end = from
  }

  var isEmpty: Bool { end == from }

  mutating func cover(_ record: LogRecord) {
    end = record.offset + 1
    newestAppend = max(newestAppend, record.appended)
  }

  mutating func add(_ batch: EventBatch, at offset: UInt64) {
    batches.append(RecentAnswer.Batch(offset: offset, events: batch))
    bytes += batch.bytes.count
    events += batch.count
  }

  mutating func add(_ letter: Letter) {
    letters.append(letter)
    bytes += letter.record.count
  }
}
