package import Domain

/// Which batches may be sent now: oldest first, so many at a time, and within a stream never so far ahead of the oldest
/// unacknowledged one that the server's window would leave that one behind (DESIGN section 4, rules 1 and 4).
package struct SendWindow: Sendable {
  package struct Limits: Hashable, Sendable {
    /// Batches under way. At 1,000 events a batch and 10 ms an answer: three million events a second.
    package var batches = 32
    /// Newest sent less oldest unacknowledged, per stream, stays below.
    package var distance = SequenceWindow.width / 2

    package init() {}
  }

  private let limits: Limits
  /// Not yet sent, oldest first; `nil` where one was taken out of order.
  private var queue: [JournaledBatch?] = []
  private var head = 0
  private var underWay: [StreamID: [UInt64]] = [:]
  package private(set) var queued = 0
  package private(set) var sent = 0

  package init(_ limits: Limits = Limits()) { self.limits = limits }

  package var isEmpty: Bool { queued == 0 && sent == 0 }

  /// Adds batches behind those that are there. Sequences of a stream ascend.
  package mutating func enqueue(_ batches: some Sequence<JournaledBatch>) {
    for batch in batches {
      queue.append(batch)
      queued += 1
    }
  }

  /// The next batch to send, now counted as sent; nil until one is acknowledged or added.
  package mutating func next() -> JournaledBatch? {
    guard sent < limits.batches else { return nil }
    var blocked: Set<StreamID> = []
    for index in head..<queue.count {
      guard let batch = queue[index], !blocked.contains(batch.stream) else { continue }
      if let oldest = underWay[batch.stream]?.first, batch.sequence - oldest >= limits.distance {
        blocked.insert(batch.stream)
        continue
      }
      take(at: index)
      underWay[batch.stream, default: []].append(batch.sequence)
      return batch
    }
    return nil
  }

  package mutating func acknowledged(_ stream: StreamID, sequence: UInt64) {
    guard let index = underWay[stream]?.firstIndex(of: sequence) else { return }
    underWay[stream]?.remove(at: index)
    if underWay[stream]?.isEmpty == true { underWay[stream] = nil }
    sent -= 1
  }

  private mutating func take(at index: Int) {
    queue[index] = nil
    queued -= 1
    sent += 1
    while head < queue.count, queue[head] == nil { head += 1 }
    if head == queue.count || head > 1_024 {
      queue.removeFirst(head)
      head = 0
    }
  }
}
