/// A task that sleeps until somebody resumes it. Exactly once, which the holder guarantees by taking the waiter out of
/// its place under a lock before resuming it.
@safe
struct Waiter<Value: Sendable>: Sendable {
  private let continuation: UnsafeContinuation<Result<Value, TransportError>, Never>

  /// Suspends the task; `body` stores the waiter where it will be found, or resumes it at once.
  static func wait(_ body: (Waiter) -> Void) async -> Result<Value, TransportError> {
    unsafe await withUnsafeContinuation { continuation in body(unsafe Waiter(continuation: continuation)) }
  }

  private init(continuation: UnsafeContinuation<Result<Value, TransportError>, Never>) {
    unsafe self.continuation = continuation
  }

  func resume(_ outcome: Result<Value, TransportError>) {
    unsafe continuation.resume(returning: outcome)
  }
}
