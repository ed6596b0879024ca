package import Application
package import Domain

/// Dead letters in an array; positions count from 1.
package actor InMemoryDeadLetterQueue: DeadLetterQueue {
  package enum Operation: Hashable, Sendable { case append, read, note, drop }

  /// Nonisolated: a test scripts faults without waiting.
  package nonisolated let faults = FaultScript<Operation, DeadLetterQueueError>(whenCancelled: .cancelled)
  /// In the order in which they were appended.
  package private(set) var kept: [KeptDeadLetter] = []
  private var ids: Set<DeadLetterID> = []
  private var newest: UInt64 = 0

  package init() {}

  package var letters: [DeadLetter] { kept.map(\.letter) }

  package func append(_ letters: [DeadLetter]) throws(DeadLetterQueueError) {
    try faults.perform(.append) { () throws(DeadLetterQueueError) in
      for letter in letters where ids.insert(letter.id).inserted {
        newest += 1
        kept.append(KeptDeadLetter(position: newest, letter: letter, replay: nil))
      }
    }
  }

  package func read(
    from position: UInt64, limit: Int, bytes: Int
  ) throws(DeadLetterQueueError) -> DeadLetterPage {
    try faults.perform(.read) { () throws(DeadLetterQueueError) in
      let rest = kept.drop { $0.position < position }
      var page: [KeptDeadLetter] = []
      var room = bytes
      for letter in rest.prefix(max(limit, 1)) {
        let size = letter.letter.content.bytes.count
        if !page.isEmpty, size > room { break }
        page.append(letter)
        room -= size
      }
      return DeadLetterPage(letters: page, next: rest.dropFirst(page.count).first?.position)
    }
  }

  package func note(_ replays: [UInt64: DeadLetterReplay]) throws(DeadLetterQueueError) {
    try faults.perform(.note) { () throws(DeadLetterQueueError) in
      for (index, letter) in kept.enumerated() {
        guard let replay = replays[letter.position] else { continue }
        kept[index] = KeptDeadLetter(position: letter.position, letter: letter.letter, replay: replay)
      }
    }
  }

  @discardableResult
  package func drop(_ positions: [UInt64]) throws(DeadLetterQueueError) -> Int {
    try faults.perform(.drop) { () throws(DeadLetterQueueError) in
      let dropped = kept.filter { positions.contains($0.position) }
      kept.removeAll { positions.contains($0.position) }
      ids.subtract(dropped.map(\.letter.id))
      return dropped.count
    }
  }
}
