import Threads

/// Hands lines to a file descriptor without waiting for its reader: a thread of its own writes what is pending.
final class LineOutput: Sendable {
  private struct State {
    var pending: [UInt8] = []
    var droppedLines = 0
    var writing: Task<Void, Never>?
  }

  /// What a reader that stands still may let pile up before lines are dropped.
  private static let maximumPendingBytes = 1 << 20

  private let state = Lock(State())
  private let pool = ThreadPool(name: "console", threads: 1)
  private let write: @Sendable ([UInt8]) -> Void
  private let dropNotice: @Sendable (Int) -> [UInt8]

  /// - Parameter dropNotice: The line that says how many lines were dropped.
  init(write: @escaping @Sendable ([UInt8]) -> Void, dropNotice: @escaping @Sendable (Int) -> [UInt8]) {
    self.write = write
    self.dropNotice = dropNotice
  }

  func submit(_ line: [UInt8]) {
    state.withLock { state in
      if state.pending.count + line.count > Self.maximumPendingBytes {
        state.droppedLines += 1
        return
      }
      state.pending.append(contentsOf: line)
      if state.writing == nil { state.writing = Task(executorPreference: pool) { self.drain() } }
    }
  }

  /// Returns once everything submitted before is written.
  func flush() async {
    while let task = state.withLock({ $0.writing }) { await task.value }
  }

  private func drain() {
    while let lines = next() { write(lines) }
  }

  private func next() -> [UInt8]? {
    let next: (lines: [UInt8], droppedLines: Int)? = state.withLock { state in
      if state.pending.isEmpty {
        state.writing = nil
        return nil
      }
      defer {
        state.pending = []
        state.droppedLines = 0
      }
      return (state.pending, state.droppedLines)
    }
    return next.map { $0.droppedLines > 0 ? $0.lines + dropNotice($0.droppedLines) : $0.lines }
  }
}
