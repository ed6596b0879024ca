/// The records that were handed to librdkafka and have no outcome yet, within the bounds of the queue: a plain state machine.
///
/// A record is reserved, attached to its waiting task, and settled once. Its task may leave before that (cancellation): the
/// bytes count until the record is settled.
struct DeliveryTable: Sendable {
  typealias Continuation = CheckedContinuation<Result<UInt64, KafkaProducer.Failure>, Never>

  private struct Entry {
    var continuation: Continuation?
    var isAbandoned = false
    let partition: Int
    let bytes: Int
  }

  /// What a settled record tells.
  struct Settled {
    let continuation: Continuation?
    let partition: Int
    let bytes: Int
  }

  private let limit: Int
  private let partitionLimit: Int
  private var entries: [UInt: Entry] = [:]
  private var partitionBytes: [Int: Int] = [:]
  private var nextTag: UInt = 1
  private(set) var bytes = 0

  /// - Parameters:
  ///   - limit: Bytes of all records together.
  ///   - partitionLimit: Bytes of one partition's.
  init(limit: Int, partitionLimit: Int) {
    self.limit = limit
    self.partitionLimit = partitionLimit
  }

  var isEmpty: Bool { entries.isEmpty }

  /// - Returns: The record's tag; nil if there is no room. A record above a limit passes when nothing else is there.
  mutating func reserve(_ count: Int, for partition: Int) -> UInt? {
    let own = partitionBytes[partition, default: 0]
    guard bytes == 0 || bytes + count <= limit, own == 0 || own + count <= partitionLimit else { return nil }
    bytes += count
    partitionBytes[partition] = own + count
    defer { nextTag += 1 }
    entries[nextTag] = Entry(continuation: nil, partition: partition, bytes: count)
    return nextTag
  }

  /// - Returns: Whether the task waits now; false if it had left already, and nothing is reserved any more.
  mutating func attach(_ continuation: Continuation, to tag: UInt) -> Bool {
    guard entries[tag]?.isAbandoned == false else {
      _ = settle(tag)
      return false
    }
    entries[tag]?.continuation = continuation
    return true
  }

  /// The task does not wait any longer.
  ///
  /// - Returns: What to resume, if it waited.
  mutating func abandon(_ tag: UInt) -> Continuation? {
    guard let continuation = entries[tag]?.continuation else {
      entries[tag]?.isAbandoned = true
      return nil
    }
    entries[tag]?.continuation = nil
    return continuation
  }

  /// - Returns: Nil if it was settled before.
  mutating func settle(_ tag: UInt) -> Settled? {
    guard let entry = entries.removeValue(forKey: tag) else { return nil }
    bytes -= entry.bytes
    let rest = partitionBytes[entry.partition, default: 0] - entry.bytes
    partitionBytes[entry.partition] = rest > 0 ? rest : nil
    return Settled(continuation: entry.continuation, partition: entry.partition, bytes: entry.bytes)
  }

  /// Settles all there are.
  mutating func settleAll() -> [Settled] { Array(entries.keys).compactMap { settle($0) } }
}
