import Csqlite3

/// What SQLite said went wrong.
struct SQLiteError: Error, Equatable, Sendable, CustomStringConvertible {
  /// An extended result code (https://www.sqlite.org/rescode.html); its low byte is the primary one.
  let code: Int32
  let reason: String

  init(code: Int32, reason: String) {
    self.code = code
    self.reason = reason
  }

  var primaryCode: Int32 { code & 0xff }

  /// What is stored is not as it was written.
  var isDamage: Bool { primaryCode == SQLITE_CORRUPT || primaryCode == SQLITE_NOTADB }

  /// A sync failed: of a file, or of its name in its folder.
  var isFailedSync: Bool { code == Self.failedSync || code == Self.failedFolderSync }

  /// `SQLITE_IOERR_FSYNC` and `SQLITE_IOERR_DIR_FSYNC`, whose macros are not imported.
  private static let failedSync = SQLITE_IOERR | 4 << 8
  private static let failedFolderSync = SQLITE_IOERR | 5 << 8

  var description: String { "\(reason) (SQLite \(code))" }

  /// A row that holds what no commit of ours wrote.
  static func corrupt(_ reason: String) -> SQLiteError { SQLiteError(code: SQLITE_CORRUPT, reason: reason) }

  /// A file that is in order but not for this build.
  static func refused(_ reason: String) -> SQLiteError { SQLiteError(code: SQLITE_AUTH, reason: reason) }

  /// A call of the operating system that failed.
  static func system(_ reason: String) -> SQLiteError { SQLiteError(code: SQLITE_IOERR, reason: reason) }

  /// The file may not be there after a crash.
  static func unsynced(_ reason: String) -> SQLiteError { SQLiteError(code: failedFolderSync, reason: reason) }
}
