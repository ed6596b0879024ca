import Foundation
import Glibc
import Threads

/// A process started by posix_spawn(3) and awaited by waitpid(2).
///
/// Not Foundation's `Process`: with several at a time it now and then misses the end of one.
final class ChildProcess: Sendable {
  enum End: Equatable, Sendable {
    case exited(Int32)
    case signalled(Int32)
  }

  struct NotStarted: Error {
    let program: String
    let errno: Int32
  }

  /// More than the tests ever have open; 1,000 closes take a few hundred microseconds.
  private static let descriptorLimit: Int32 = 1_024

  let id: pid_t
  /// Afterwards the number may be another process's.
  private let isReaped: Lock<Bool>
  private let end: Task<End, Never>

  /// - Parameters:
  ///   - words: The path of the program, and its arguments.
  ///   - output: Files that it writes to; both are made, or emptied.
  init(_ words: [String], environment: [String: String], output: String, error: String) throws {
    let id = try Self.spawn(words, environment.map { "\($0.key)=\($0.value)" }, output, error)
    let isReaped = Lock(false)
    let (ends, reporter) = AsyncStream.makeStream(of: End.self)
    Thread.detachNewThread {
      reporter.yield(Self.reap(id, isReaped))
      reporter.finish()
    }
    self.id = id
    self.isReaped = isReaped
    end = Task {
      for await end in ends { return end }
      preconditionFailure("the thread reports before it finishes")
    }
  }

  var isRunning: Bool { isReaped.withLock { !$0 } }

  func send(_ signal: Int32) {
    isReaped.withLock { isReaped in
      if !isReaped { kill(id, signal) }
    }
  }

  /// Waits for its end. Cancellation kills it.
  func ended() async -> End {
    await withTaskCancellationHandler {
      await end.value
    } onCancel: {
      send(SIGKILL)
    }
  }

  private static func spawn(
    _ words: [String], _ environment: [String], _ output: String, _ error: String
  ) throws -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, error, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    // The end of a pipe that lived on in here would keep another test waiting. (closefrom is not in Swift's Glibc; closing what
    // is not open is no error.)
    for descriptor in 3..<Self.descriptorLimit { unsafe posix_spawn_file_actions_addclose(&actions, descriptor) }
    var id: pid_t = 0
    let status = unsafe withStrings(words) { arguments in
      unsafe withStrings(environment) { environment in
        unsafe posix_spawn(&id, words[0], &actions, nil, arguments, environment)
      }
    }
    guard status == 0 else { throw NotStarted(program: words[0], errno: status) }
    return id
  }

  /// Lends C strings, ended by a null pointer.
  private static func withStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = unsafe strings.map { unsafe strdup($0) }
    defer { unsafe copies.forEach { unsafe free($0) } }
    return unsafe body(copies + [nil])
  }

  private static func reap(_ id: pid_t, _ isReaped: Lock<Bool>) -> End {
    // Leaves it there, so that its number is not given away before nobody uses it any more.
    var information = unsafe siginfo_t()
    while unsafe waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) == -1, errno == EINTR {}
    return isReaped.withLock { isReaped in
      isReaped = true
      var status: Int32 = 0
      while unsafe waitpid(id, &status, 0) == -1, errno == EINTR {}
      // WIFSIGNALED and WEXITSTATUS, which are macros.
      let signal = status & 0x7F
      return signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
    }
  }
}
