import Application
import Glibc
import Threads

/// Tells when files may have changed: by the kernel's events where they can be had, else by time.
///
/// Waits on a thread of its own; between calls the kernel keeps the events (16,384, then it says that some were lost).
final class FolderWatch: Sendable {
  /// Answers are at least this far apart: a file that is written line by line is not read line by line.
  private static let gathering = Duration.milliseconds(20)
  /// Surveys because of names that come and go take at most a fiftieth of a core.
  private static let restPerWork = 50
  private static let longestRest = Duration.seconds(10)
  /// How often all is looked at where folders cannot be watched.
  static let unwatchedPeriod = Duration.seconds(1)

  private struct State: Sendable {
    var changes: PendingChanges
    var unwatched = 0
    var surveyEnd = ContinuousClock.now
    var rest = Duration.zero
    var told = ContinuousClock.now - gathering
  }

  /// Nil where inotify is not to be had.
  private let events: FolderEvents?
  private let wake: WakePipe
  private let pool = ThreadPool(name: "file-watch", threads: 1)
  private let state: Lock<State>

  /// - Parameter events: What makes the source of events; it may fail.
  init(_ patterns: PatternTree, events: () throws(FileError) -> FolderEvents) throws(FileError) {
    guard let wake = WakePipe() else { throw FileError(.open, "pipe", code: EMFILE) }
    self.wake = wake
    do throws(FileError) { self.events = try events() } catch { self.events = nil }
    state = Lock(State(changes: PendingChanges(patterns)))
  }

  /// Folders of the last survey that cannot be watched.
  var unwatched: Int { state.withLock { $0.unwatched } }

  func surveyBegins() {
    state.withLock { state in
      state.changes.surveyBegins()
      state.unwatched = 0
    }
  }

  /// Watches a folder from now on; nil if it cannot be watched.
  func watch(_ folder: String) -> FolderEvents.Watch? {
    do throws(FileError) {
      if let events { return try events.watch(folder) }
    } catch {
      // Whatever else is wrong shows when the folder is listed.
      switch error.kind {
      case .notFound, .notPermitted, .unsuitableName: return nil
      case .exists, .full, .other: break
      }
    }
    state.withLock { $0.unwatched += 1 }
    return nil
  }

  /// - Parameter folders: Those watched from now on, others no more; nil if the survey failed.
  func surveyEnds(_ folders: [FolderEvents.Watch: WatchedFolder]?, after work: Duration) {
    let dropped = state.withLock { state -> Set<FolderEvents.Watch> in
      let before = state.changes.watches
      state.changes.surveyEnds(folders)
      state.surveyEnd = .now
      state.rest = min(work * Self.restPerWork, Self.longestRest)
      return before.subtracting(state.changes.watches)
    }
    for watch in dropped { events?.unwatch(watch) }
  }

  func changes(within patience: Duration) async throws(LogFilesError) -> FileChanges {
    let deadline = ContinuousClock.now + patience
    return try await withTaskCancellationHandler {
      await pool.run { () -> Result<FileChanges, LogFilesError> in self.wait(until: deadline) }
    } onCancel: {
      wake.wake()
    }.get()
  }

  /// Blocks: runs on the pool.
  private func wait(until deadline: ContinuousClock.Instant) -> Result<FileChanges, LogFilesError> {
    let early = state.withLock { $0.told } + Self.gathering - .now
    if early > .zero, deadline > .now + early { wake.wait(milliseconds: early.pollMilliseconds) }
    while true {
      // In this order: a cancellation behind the question is not taken back but ends the wait below.
      wake.drain()
      if Task.isCancelled { return .failure(.cancelled) }
      readEvents()
      let (answer, next) = state.withLock { state in Self.answer(&state) }
      if let answer { return .success(answer) }
      let rest = min(deadline, next ?? deadline) - .now
      if deadline <= .now { return .success(.nothing) }
      if let events {
        _ = events.wait(milliseconds: rest.pollMilliseconds, orFor: wake)
      } else {
        wake.wait(milliseconds: rest.pollMilliseconds)
      }
    }
  }

  /// - Returns: What there is to tell, or when to ask again though nothing happens.
  private static func answer(_ state: inout State) -> (FileChanges?, ContinuousClock.Instant?) {
    let now = ContinuousClock.now
    let isPolled = state.unwatched > 0
    let next = state.surveyEnd + (isPolled ? max(state.rest, unwatchedPeriod) : state.rest)
    if isPolled, now >= next { state.changes.addAnything() }
    let answer = state.changes.take(mayBeAnything: now >= next)
    if answer != nil { state.told = now }
    return (answer, isPolled || state.changes.owesAnything ? next : nil)
  }

  private func readEvents() {
    guard let events else { return }
    // Bounded: whoever writes faster than this reads is told at once.
    for _ in 0..<16 {
      let batch: [FolderEvent]
      do throws(FileError) {
        batch = try events.next()
      } catch {
        state.withLock { $0.changes.addAnything() }
        return
      }
      if batch.isEmpty { return }
      state.withLock { state in for event in batch { state.changes.add(event) } }
    }
  }
}

extension Duration {
  /// For poll(2): rounded up, at most an hour.
  fileprivate var pollMilliseconds: Int32 {
    let (seconds, attoseconds) = components
    if seconds >= 3_600 { return 3_600_000 }
    return max(0, Int32(seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
  }
}
