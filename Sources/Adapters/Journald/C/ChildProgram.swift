import Glibc
import Threads

/// A program that was started, whose output is read here. It is killed when the last reference goes.
@safe
final class ChildProgram: Sendable {
  enum Outcome: Equatable, Sendable {
    case output([UInt8])
    /// Its output ended: with this status, and these last words on standard error.
    case ended(status: Status, words: String)
    case woken
  }

  enum Status: Equatable, Sendable {
    case exited(CInt)
    case signalled(CInt)

    /// Reads what waitpid(2) says.
    init(_ word: CInt) {
      let signal = word & 0x7f
      self = signal == 0 ? .exited(word >> 8 & 0xff) : .signalled(signal)
    }
  }

  struct NotStarted: Error { let code: CInt }

  private struct Ends: Sendable {
    var words: [UInt8] = []
    var areWordsOver = false
    /// Afterwards the number may be another process's.
    var status: Status?
  }

  /// Of standard error the last bytes are kept.
  private static let keptWords = 2_048

  private let id: pid_t
  private let output: CInt
  private let error: CInt
  private let ends = Lock(Ends())

  /// - Parameter words: The program, a path or a name in PATH, and its arguments.
  init(_ words: [String]) throws(NotStarted) {
    var output: [CInt] = [-1, -1]
    var error: [CInt] = [-1, -1]
    guard unsafe pipe(&output) == 0 else { throw NotStarted(code: errno) }
    guard unsafe pipe(&error) == 0 else {
      let code = errno
      for end in output { close(end) }
      throw NotStarted(code: code)
    }
    for end in output + error { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let started = Self.spawn(words, output: output[1], error: error[1])
    close(output[1])
    close(error[1])
    guard case .success(let id) = started else {
      close(output[0])
      close(error[0])
      throw started.failure ?? NotStarted(code: EINVAL)
    }
    _ = fcntl(error[0], F_SETFL, O_NONBLOCK)
    self.id = id
    self.output = output[0]
    self.error = error[0]
  }

  deinit {
    kill()
    close(output)
    close(error)
  }

  /// Waits for output, the end or a wake. Called by one thread at a time.
  func read(upTo limit: Int, orFor wake: WakePipe) -> Outcome {
    while true {
      var states = [output, error, wake.readingEnd].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      // A program that says no more on standard error would be heard of at every turn.
      if ends.withLock({ $0.areWordsOver }) { states[1].fd = -1 }
      guard unsafe poll(&states, nfds_t(states.count), -1) > 0 else { continue }
      if states[1].revents != 0 { readWords() }
      if states[0].revents != 0 {
        let bytes = Self.read(output, upTo: limit)
        return bytes.isEmpty ? ended() : .output(bytes)
      }
      if states[2].revents != 0 { return .woken }
    }
  }

  /// Ends it at once, and waits for that. A second call does nothing.
  func kill() {
    ends.withLock { ends in
      guard ends.status == nil else { return }
      Glibc.kill(id, SIGKILL)
      ends.status = Self.reap(id)
    }
  }

  private func ended() -> Outcome {
    // It closed its output: it is ending, or it is of no more use.
    readWords()
    var state = pollfd(fd: error, events: Int16(POLLIN), revents: 0)
    while !ends.withLock({ $0.areWordsOver }), unsafe poll(&state, 1, 1_000) > 0 { readWords() }
    return ends.withLock { ends in
      let status = ends.status ?? Self.reapSoon(id)
      ends.status = status
      return .ended(status: status, words: String(decoding: ends.words, as: UTF8.self))
    }
  }

  private func readWords() {
    while true {
      let bytes = Self.read(error, upTo: Self.keptWords)
      let isOver = bytes.isEmpty && errno != EAGAIN
      ends.withLock { ends in
        ends.words = (ends.words + bytes).suffix(Self.keptWords)
        if isOver { ends.areWordsOver = true }
      }
      if bytes.isEmpty { return }
    }
  }

  /// Empty at the end, and on an error, which `errno` says.
  private static func read(_ descriptor: CInt, upTo limit: Int) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
      repeat {
        errno = 0
        filled = max(0, unsafe Glibc.read(descriptor, buffer.baseAddress, limit))
      } while filled == 0 && errno == EINTR
    }
  }

  /// Waits a second for a program that is ending; one that closed its output and lives on is killed.
  private static func reapSoon(_ id: pid_t) -> Status {
    for _ in 0..<100 {
      var status: CInt = 0
      if unsafe waitpid(id, &status, WNOHANG) == id { return Status(status) }
      usleep(10_000)
    }
    Glibc.kill(id, SIGKILL)
    return reap(id)
  }

  private static func reap(_ id: pid_t) -> Status {
    var status: CInt = 0
    while unsafe waitpid(id, &status, 0) < 0, errno == EINTR {}
    return Status(status)
  }

  private static func spawn(_ words: [String], output: CInt, error: CInt) -> Result<pid_t, NotStarted> {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, error, STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // The signals that this process takes on a thread of its own are blocked in its children otherwise, and Ctrl-C in a
    // terminal goes to the whole group: the child is for us to end.
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    var all = sigset_t()
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    var id: pid_t = 0
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { unsafe arguments.forEach { unsafe free($0) } }
    let code = unsafe posix_spawnp(&id, words[0], &actions, &attributes, &arguments, environ)
    return code == 0 ? .success(id) : .failure(NotStarted(code: code))
  }
}

extension Result {
  fileprivate var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}
