package import Application
package import Domain
import Threads

/// A directory of processors in memory, which can be away, and which remembers what it was told.
package final class ScriptedProcessors: ProcessorDirectory {
  package enum Mood: Sendable {
    case answers
    case refuses(reason: String)
    /// Until who waits is cancelled.
    case isSilent
  }

  private struct State {
    var mood = Mood.answers
    var entries: [ProcessorEntry] = []
    var announcements: [ProcessorEntry] = []
    var questions = 0
  }

  private let state = Lock(State())

  package init() {}

  package var mood: Mood {
    get { state.withLock { $0.mood } }
    set { state.withLock { $0.mood = newValue } }
  }

  /// Who is announced and not withdrawn.
  package var entries: [ProcessorEntry] { state.withLock { $0.entries } }
  /// All that came, in their order.
  package var announcements: [ProcessorEntry] { state.withLock { $0.announcements } }
  /// How often it was asked.
  package var questions: Int { state.withLock { $0.questions } }

  /// Lifetimes are without end.
  package func announce(
    _ processor: ProcessorEntry, for lifetime: Duration
  ) async throws(ProcessorDirectoryError) {
    try await behave()
    state.withLock { state in
      state.entries.removeAll { $0.processor == processor.processor }
      state.entries.append(processor)
      state.announcements.append(processor)
    }
  }

  package func withdraw(_ processor: Identifier128) async throws(ProcessorDirectoryError) {
    try await behave()
    state.withLock { state in state.entries.removeAll { $0.processor == processor } }
  }

  package func processors() async throws(ProcessorDirectoryError) -> [ProcessorEntry] {
    state.withLock { $0.questions += 1 }
    try await behave()
    return entries
  }

  private func behave() async throws(ProcessorDirectoryError) {
    switch mood {
    case .answers: return
    case .refuses(let reason): throw .unavailable(reason: reason)
    case .isSilent:
      while !Task.isCancelled { try? await Task.sleep(for: .seconds(1)) }
      throw .cancelled
    }
  }
}
