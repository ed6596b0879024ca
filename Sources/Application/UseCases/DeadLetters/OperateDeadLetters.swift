import Domain

/// Lists dead letters.
package struct OperateDeadLetters: DeadLetterOperations {
  /// Letters that one page looks at, whether they match or not: so much reading is done before it answers.
  static let scannedLetters = 10_000

  private let queue: any DeadLetterQueue

  package init(queue: any DeadLetterQueue) { self.queue = queue }

  package func list(
    _ selection: DeadLetterSelection, from position: UInt64, limit: Int
  ) async throws(DeadLetterOperationsError) -> DeadLetterList {
    let page: DeadLetterPage
    do throws(DeadLetterQueueError) { page = try await queue.read(from: position, limit: limit) } catch {
      throw DeadLetterOperationsError(error)
    }
    return DeadLetterList(
      letters: page.letters.filter(selection.matches).map { letter in
        DeadLetterSummary(
          id: letter.id, reason: letter.reason, tenant: letter.tenant, time: letter.time, bytes: 0)
      }, next: page.next)
  }
}

extension DeadLetterOperationsError {
  init(_ error: DeadLetterQueueError) {
    switch error {
    case .full(let reason), .unavailable(_, let reason): self = .unavailable(reason: reason)
    case .corrupt(let reason): self = .corrupt(reason: reason)
    case .cancelled: self = .cancelled
    }
  }
}
