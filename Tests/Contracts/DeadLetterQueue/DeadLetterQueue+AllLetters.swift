package import Application
package import Domain

extension DeadLetterQueue {
  /// All of a small queue, for tests.
  package func allLetters() async throws(DeadLetterQueueError) -> [DeadLetter] { try await allKept().map(\.letter) }

  package func allKept() async throws(DeadLetterQueueError) -> [KeptDeadLetter] {
    try await read(from: 0, limit: .max, bytes: .max).letters
  }
}
