import Glibc

/// A pthread mutex around a value, for short synchronous critical sections in adapters.
///
/// Not `Synchronization.Mutex`: ThreadSanitizer does not understand that one on Linux and reports races that are none.
/// Never call out (a continuation, a callback, I/O) while holding it.
@safe
package final class Lock<State>: @unchecked Sendable {  // every access to `state` is under `mutex`
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private var state: State

  package init(_ state: State) {
    self.state = state
    unsafe mutex = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    let status = unsafe pthread_mutex_init(mutex, nil)
    precondition(status == 0, "pthread_mutex_init failed with \(status)")
  }

  deinit {
    unsafe pthread_mutex_destroy(mutex)
    unsafe mutex.deallocate()
  }

  @inlinable
  package func withLock<Result, Failure: Error>(_ body: (inout State) throws(Failure) -> Result) throws(Failure)
    -> Result
  {
    lock()
    defer { unlock() }
    return try access(body)
  }

  @usableFromInline
  package func lock() { unsafe pthread_mutex_lock(mutex) }

  @usableFromInline
  package func unlock() { unsafe pthread_mutex_unlock(mutex) }

  @usableFromInline
  package func access<Result, Failure: Error>(_ body: (inout State) throws(Failure) -> Result) throws(Failure) -> Result
  {
    try body(&state)
  }
}
