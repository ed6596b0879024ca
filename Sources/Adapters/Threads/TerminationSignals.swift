import Glibc

/// SIGINT and SIGTERM as calls on a thread of their own: the first asks for a graceful stop, the second ends the process.
///
/// The signals are blocked in every thread and taken with sigwait(3), so no system call is interrupted and the reaction is not
/// bound to what a signal handler may do. That holds only if they are blocked before the first thread starts, and if the main
/// thread never enters `dispatch_main` (which a top-level `await` does): there libdispatch unblocks every signal, and SIGTERM
/// kills.
package final class TerminationSignals: Sendable {
  private let thread: pthread_t

  /// Blocks SIGINT and SIGTERM in this thread and those it starts; ignores SIGPIPE (a write then fails with EPIPE) and
  /// SIGHUP (a service outlives the terminal that it was started from).
  ///
  /// Call it first of all.
  package static func block() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGHUP, SIG_IGN)
    var signals = terminationSignals()
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// Starts the waiting thread, which lives as long as the process.
  ///
  /// - Parameter onFirst: Called once, on that thread, with the number of the first signal. After it, a second signal ends the
  ///   process at once with 128 plus its number (130, 143): what was acknowledged is durable, and the user insists.
  package init(onFirst: @escaping @Sendable (Int32) -> Void) {
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread, nil,
      { argument in
        unsafe Unmanaged<FirstSignal>.fromOpaque(argument!).takeRetainedValue().wait()  // passed just below
        return nil
      }, Unmanaged.passRetained(FirstSignal(onFirst)).toOpaque())
    precondition(status == 0, "pthread_create failed with \(status)")
    pthread_detach(thread)
    self.thread = thread
  }

  /// Sends `signal` to the waiting thread, as kill(2) does to the process: for tests, whose process has threads that do not
  /// block it.
  func deliver(_ signal: Int32) {
    pthread_kill(thread, signal)
  }
}

@safe
private final class FirstSignal {
  private let onFirst: @Sendable (Int32) -> Void

  init(_ onFirst: @escaping @Sendable (Int32) -> Void) { self.onFirst = onFirst }

  func wait() {
    var signals = terminationSignals()
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    var signal: Int32 = 0
    unsafe sigwait(&signals, &signal)
    onFirst(signal)
    unsafe sigwait(&signals, &signal)
    _exit(128 + signal)
  }
}

private func terminationSignals() -> sigset_t {
  var signals = sigset_t()
  unsafe sigemptyset(&signals)
  unsafe sigaddset(&signals, SIGINT)
  unsafe sigaddset(&signals, SIGTERM)
  return signals
}
