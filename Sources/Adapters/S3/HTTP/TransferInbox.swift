import Threads

/// What callers hand over to the thread of the transfers: requests, and numbers of those to be given up.
///
/// Bounded: what was submitted and has not ended is counted, whether it waits or is on the wire.
final class TransferInbox: Sendable {
  struct Content: Sendable {
    var submitted: [PendingTransfer] = []
    var cancelled: [UInt64] = []
    var isClosed = false
  }

  private struct State {
    var content = Content()
    var nextNumber: UInt64 = 0
    var outstanding = 0
  }

  private let state = Lock(State())
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  func nextNumber() -> UInt64 {
    state.withLock { state in
      state.nextNumber += 1
      return state.nextNumber
    }
  }

  /// - Returns: Why it was not taken: then its continuation is the caller's to resume.
  func submit(_ transfer: PendingTransfer) -> HTTPTransferError? {
    state.withLock { state in
      if state.content.isClosed { return .closed }
      guard state.outstanding < limit else { return .queueIsFull(limit: limit) }
      state.outstanding += 1
      state.content.submitted.append(transfer)
      return nil
    }
  }

  /// Also for what has ended or was never submitted: then nothing happens.
  func cancel(_ number: UInt64) { state.withLock { $0.content.cancelled.append(number) } }

  /// One of what was submitted has ended.
  func ended() { state.withLock { $0.outstanding -= 1 } }

  func close() { state.withLock { $0.content.isClosed = true } }

  /// What has come since the last call.
  func take() -> Content {
    state.withLock { state in
      let content = state.content
      state.content.submitted = []
      state.content.cancelled = []
      return content
    }
  }
}
