package import Application
package import Threads

/// The machine's log files.
///
/// Changes are told by inotify on the folders that the patterns lead to, and on those that links to files lead to. Where
/// folders cannot be watched, all is looked at every second; a look at ten thousand files costs some 50 ms of CPU.
package final class DiskLogFiles: LogFiles {
  private let surveyor: FileSurveyor
  private let watch: FolderWatch
  private let tree: any FileTree
  private let pool: ThreadPool

  /// - Parameter pool: Runs what blocks; a wait for changes has a thread of its own.
  /// - Throws: `.unavailable` if no file descriptor is free.
  package convenience init(_ configuration: DiskLogFilesConfiguration, pool: ThreadPool) throws(LogFilesError) {
    try self.init(configuration, pool: pool, tree: LocalFileTree()) { () throws(FileError) in try FolderEvents() }
  }

  /// - Parameter events: What makes the source of events; it may fail.
  init(
    _ configuration: DiskLogFilesConfiguration, pool: ThreadPool, tree: any FileTree,
    events: () throws(FileError) -> FolderEvents
  ) throws(LogFilesError) {
    let patterns = PatternTree(configuration.patterns)
    do throws(FileError) { watch = try FolderWatch(patterns, events: events) } catch { throw LogFilesError(error) }
    surveyor = FileSurveyor(configuration, patterns, tree, watch)
    self.tree = tree
    self.pool = pool
  }

  package func find(known: Set<FileIdentity>) async throws(LogFilesError) -> FileSurvey {
    try await pool.host { () async throws(LogFilesError) in try await surveyor.survey(known: known) }
  }

  package func changes(within patience: Duration) async throws(LogFilesError) -> FileChanges {
    try await watch.changes(within: patience)
  }

  package func open(_ file: FoundFile) async throws(LogFilesError) -> any LogFile {
    if Task.isCancelled { throw .cancelled }
    let opened: (any ReadableFile)?
    do throws(FileError) {
      opened = try await pool.run { () throws(FileError) -> (any ReadableFile)? in
        let opened = try tree.open(file.path)
        let state = try opened.state()
        return state.identity == file.identity && state.kind == .file ? opened : nil
      }
    } catch {
      throw LogFilesError(error)
    }
    guard let opened else { throw .notFound(path: file.path) }
    return DiskLogFile(opened, file, pool)
  }
}
