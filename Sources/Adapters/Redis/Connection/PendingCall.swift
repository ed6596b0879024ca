import Threads

/// Commands that wait for their answers, and whoever waits for them.
///
/// Settled once: by its answers, by a failure, or by cancellation, after which a connection need not send it any more.
final class PendingCall: Sendable {
  typealias Answer = Result<[RedisReply], RedisError>

  private enum State {
    case fresh
    case waited(CheckedContinuation<Answer, Never>)
    case settled(Answer)
  }

  let commands: [RedisCommand]
  let isDurable: Bool
  let deadline: ContinuousClock.Instant
  private let state = Lock(State.fresh)

  init(_ commands: [RedisCommand], isDurable: Bool, deadline: ContinuousClock.Instant) {
    self.commands = commands
    self.isDurable = isDurable
    self.deadline = deadline
  }

  var isSettled: Bool {
    state.withLock { state in
      if case .settled = state { true } else { false }
    }
  }

  /// Does nothing if it is settled.
  func settle(_ answer: Answer) {
    let waiter = state.withLock { state -> CheckedContinuation<Answer, Never>? in
      switch state {
      case .fresh: state = .settled(answer)
      case .waited(let continuation):
        state = .settled(answer)
        return continuation
      case .settled: break
      }
      return nil
    }
    waiter?.resume(returning: answer)
  }

  /// Waits until it is settled. Once only.
  func answer() async -> Answer {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let known = state.withLock { state -> Answer? in
          if case .settled(let answer) = state { return answer }
          state = .waited(continuation)
          return nil
        }
        if let known { continuation.resume(returning: known) }
      }
    } onCancel: {
      settle(.failure(.cancelled))
    }
  }
}
