/// A task that sleeps until somebody resumes it. Exactly once, which the holder guarantees by taking the waiter out of
/// its place under a lock before resuming it.
///
/// It carries no value: what the task woke for, it fetches under the lock where it was put. So the hand-over between
/// threads is visible to ThreadSanitizer, which does not see the one inside of a continuation.
@safe
struct Waiter: Sendable {
  private let continuation: UnsafeContinuation<Void, Never>

  /// Suspends the task; `body` stores the waiter where it will be found, or resumes it at once.
  static func wait(_ body: (Waiter) -> Void) async {
    unsafe await withUnsafeContinuation { continuation in body(unsafe Waiter(continuation: continuation)) }
  }

  private init(continuation: UnsafeContinuation<Void, Never>) {
    unsafe self.continuation = continuation
  }

  func resume() { unsafe continuation.resume() }
}
