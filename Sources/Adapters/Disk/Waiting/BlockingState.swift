import Threads

/// A value that is used by one thread of a pool at a time, for calls that block.
///
/// A lock held during I/O, on purpose: only threads of the pool, which exist to block, ever wait for it. Not an actor: under
/// contention its jobs move to the global pool whatever executor their tasks prefer.
final class BlockingState<State>: Sendable {
  private let pool: ThreadPool
  private let state: Lock<State>

  init(_ state: State, on pool: ThreadPool) {
    self.pool = pool
    self.state = Lock(state)
  }

  func run<Value: Sendable, Failure: Error>(
    _ body: @Sendable (inout State) throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let state = state
    return try await pool.run { () throws(Failure) in try state.withLock(body) }
  }
}
