/// One open log file.
package protocol LogFile: Sendable {
  var identity: FileIdentity { get }

  func status() async throws(LogFilesError) -> FileStatus

  /// The bytes from `offset` on, at most `limit`; fewer only at the end, none at or beyond it.
  func read(at offset: UInt64, limit: Int) async throws(LogFilesError) -> [UInt8]

  /// Gives the file back; a second call does nothing.
  func close() async
}
