import Threads

/// What an `InMemoryLogStream` reads; outlives it, as a journal does its readers.
package final class InMemoryLines: Sendable {
  let change = Broadcast()
  private let state = Lock((content: [UInt8](), isEnded: false))

  package init() {}

  /// Adds bytes, as a rule whole lines with their ends.
  package func append(_ bytes: [UInt8]) {
    state.withLock { $0.content += bytes }
    change.announce()
  }

  /// Lets the streams end behind what there is.
  package func end() {
    state.withLock { $0.isEnded = true }
    change.announce()
  }

  var content: [UInt8] { state.withLock { $0.content } }
  var isEnded: Bool { state.withLock { $0.isEnded } }
}
