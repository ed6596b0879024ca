import Glibc

enum SignalMask {
  /// Blocks every signal on the calling thread: signals belong to the application's thread that waits for them, and the
  /// SIGPIPE of a write to a closed socket comes to the thread that wrote (the write's EPIPE says the same).
  static func blockAll() {
    var signals = sigset_t()
    unsafe sigfillset(&signals)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  }
}
