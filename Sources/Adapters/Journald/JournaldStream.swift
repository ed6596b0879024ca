package import Application
import Domain
import Glibc
import Threads

/// The journal of systemd, as `journalctl` tells it: a line of JSON an entry, for `JSONLineFields.journald`.
///
/// journalctl runs as a child as long as the stream is open, and is started and waited for on a thread of the stream's own;
/// it runs on only as fast as it is read. It ends with this process, also with one that is killed.
package actor JournaldStream: LogStream {
  private static let pieceBytes = 64 << 10

  private static let name = "journald"

  package nonisolated var name: String { Self.name }
  private nonisolated let wake: WakePipe
  /// Nil once closed.
  private nonisolated let program: Lock<ChildProgram?>
  private let pool: ThreadPool
  private var lines: WholeLines

  /// Starts journalctl.
  ///
  /// - Parameter cursor: Of the last piece that was dealt with; nil to begin as the configuration says. If the journal has
  ///   dropped the entry meanwhile, it goes on with the next one that it has.
  /// - Throws: `.notAvailable` if there is no journalctl.
  package static func open(
    _ configuration: JournaldConfiguration, after cursor: String? = nil
  ) async throws(LogStreamError) -> JournaldStream {
    try await open(configuration.words(after: cursor), maximumLineBytes: configuration.maximumLineBytes)
  }

  /// - Parameter words: A program and its arguments.
  static func open(_ words: [String], maximumLineBytes: Int) async throws(LogStreamError) -> JournaldStream {
    guard let wake = WakePipe() else {
      throw .interrupted(name: name, reason: "no file descriptor is free: raise the limit of open files (ulimit -n)")
    }
    guard let path = ProgramPath.find(words[0]) else { throw notStarted(words[0], ENOENT) }
    let command = endingWithThread + [path] + words.dropFirst()
    // The thread lives as long as the stream: a child is told of its parent's end when the thread ends that started it.
    let pool = ThreadPool(name: "journald", threads: 1)
    do throws(ChildProgram.NotStarted) {
      let program = try await pool.run { () throws(ChildProgram.NotStarted) in try ChildProgram(command) }
      return JournaldStream(program, wake, pool, WholeLines(maximumLineBytes: maximumLineBytes))
    } catch { throw notStarted(words[0], error.code) }
  }

  /// The command that has the kernel kill what it becomes when the thread that started it ends, with its process or alone
  /// (prctl(2), PR_SET_PDEATHSIG). posix_spawn(3) has no place to say so. Empty on a machine without it.
  private static var endingWithThread: [String] {
    ProgramPath.find("setpriv").map { [$0, "--pdeathsig", "KILL", "--"] } ?? []
  }

  private static func notStarted(_ program: String, _ code: CInt) -> LogStreamError {
    .notAvailable(
      name: name, reason: "'\(program)' cannot be started (error \(code)): install systemd, or name its path")
  }

  private init(_ program: ChildProgram, _ wake: WakePipe, _ pool: ThreadPool, _ lines: WholeLines) {
    self.program = Lock(program)
    self.wake = wake
    self.pool = pool
    self.lines = lines
  }

  package func read() async throws(LogStreamError) -> LogStreamPiece? {
    while let running = program.withLock({ $0 }) {
      switch await next(of: running) {
      case .output(let bytes):
        if let whole = lines.add(bytes) { return LogStreamPiece(bytes: whole, cursor: JournalCursor.last(in: whole)) }
      case .woken:
        if Task.isCancelled { throw .cancelled }
      case .ended(let status, let words):
        // Killed by `close`: no error.
        guard program.withLock({ $0 }) != nil else { return nil }
        await close()
        throw Self.error(name, status, words)
      }
    }
    return nil
  }

  package nonisolated func close() async {
    let running = program.withLock { program in
      defer { program = nil }
      return program
    }
    running?.kill()
    wake.wake()
  }

  private func next(of program: ChildProgram) async -> ChildProgram.Outcome {
    await withTaskCancellationHandler {
      await pool.run { [wake] in
        wake.drain()
        // In this order: a cancellation from here on is not taken back.
        if Task.isCancelled { return .woken }
        return program.read(upTo: Self.pieceBytes, orFor: wake)
      }
    } onCancel: {
      wake.wake()
    }
  }

  /// What journalctl says, whole, of a cursor that is none of the journal; other failures may quote the option that has it.
  private static let lostCursor = "Failed to seek to cursor"

  static func error(_ name: String, _ status: ChildProgram.Status, _ words: String) -> LogStreamError {
    let said = words.split(separator: "\n").last.map { ": \($0)" } ?? ""
    switch status {
    case .exited(let code):
      let reason = "journalctl ended with status \(code)\(said)"
      return words.split(separator: "\n").contains { $0.hasPrefix(lostCursor) }
        ? .cursorLost(name: name, reason: reason) : .interrupted(name: name, reason: reason)
    case .signalled(let signal):
      return .interrupted(name: name, reason: "journalctl was ended by signal \(signal)\(said)")
    }
  }
}
