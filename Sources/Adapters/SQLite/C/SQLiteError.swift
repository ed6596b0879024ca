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

  var description: String { "\(reason) (SQLite \(code))" }

  /// A row that holds what no commit of ours wrote.
  static func corrupt(_ reason: String) -> SQLiteError { SQLiteError(code: SQLITE_CORRUPT, reason: reason) }

  /// A file that is in order but not for this build.
  static func refused(_ reason: String) -> SQLiteError { SQLiteError(code: SQLITE_AUTH, reason: reason) }

  /// The file may not be there after a crash.
  static func unsynced(_ reason: String) -> SQLiteError { SQLiteError(code: SQLITE_IOERR, reason: reason) }
}
