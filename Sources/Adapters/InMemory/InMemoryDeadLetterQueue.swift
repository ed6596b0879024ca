package import Application
package import Domain

/// Dead letters in an array; a position is an index into it.
package actor InMemoryDeadLetterQueue: DeadLetterQueue {
  package enum Operation: Hashable, Sendable { case append, read }

  /// Nonisolated: a test scripts faults without waiting.
  package nonisolated let faults = FaultScript<Operation, DeadLetterQueueError>(whenCancelled: .cancelled)
  /// In the order in which they were appended.
  package private(set) var letters: [DeadLetter] = []
  private var ids: Set<DeadLetterID> = []

  package init() {}

  package func append(_ letters: [DeadLetter]) throws(DeadLetterQueueError) {
    try faults.perform(.append) { () throws(DeadLetterQueueError) in
      for letter in letters where ids.insert(letter.id).inserted { self.letters.append(letter) }
    }
  }

  package func read(from position: UInt64, limit: Int) throws(DeadLetterQueueError) -> DeadLetterPage {
    try faults.perform(.read) { () throws(DeadLetterQueueError) in
      let start = Int(min(position, UInt64(letters.count)))
      let end = min(start + max(limit, 1), letters.count)
      return DeadLetterPage(letters: Array(letters[start..<end]), next: end < letters.count ? UInt64(end) : nil)
    }
  }
}
