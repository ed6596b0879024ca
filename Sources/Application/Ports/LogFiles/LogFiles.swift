/// The log files of a machine, found by patterns and followed by what they are, not by what they are called.
///
/// An instance is made with its patterns. Files that others write, rename, truncate and delete meanwhile: every answer may
/// be out of date when it arrives, and none is an error for that reason alone.
package protocol LogFiles: Sendable {
  /// What there is now, each file once (by identity, however many names it has).
  ///
  /// - Parameter known: Files that are followed already. One that lost its name to another and matches no pattern any more
  ///   (`app.log` that became `app.log.1`) is still found, in the folders that the patterns look into.
  /// - Throws: Only if nothing at all can be looked at; a folder that cannot be read is in the answer.
  func find(known: Set<FileIdentity>) async throws(LogFilesError) -> FileSurvey

  /// Waits until something may have changed since the last call, or `patience` runs out.
  ///
  /// Changes of content may be told late or not at all (network file systems): whoever needs to be sure calls `find` now and
  /// then.
  func changes(within patience: Duration) async throws(LogFilesError) -> FileChanges

  /// Opens a file for reading; it can then be read to its end though it be renamed or deleted.
  ///
  /// - Throws: `.notFound` if another file, or none, is there now.
  func open(_ file: FoundFile) async throws(LogFilesError) -> any LogFile
}
