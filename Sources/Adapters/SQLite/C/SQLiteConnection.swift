import Csqlite3

/// One connection to one database file, with the statements that were prepared on it.
///
/// Not to be used by two threads at once: it is opened in SQLite's multi-thread mode, which promises safety as long as no
/// connection is used by two (https://www.sqlite.org/threadsafe.html).
@safe
final class SQLiteConnection {
  private let handle: OpaquePointer
  private var statements: [String: SQLiteStatement] = [:]

  /// Opens the file, and creates it if there is none. Nothing is read yet: a file that is no database shows at first use.
  ///
  /// - Parameter busyTimeoutMilliseconds: How long a call waits for a lock that another connection holds.
  convenience init(path: String, busyTimeoutMilliseconds: Int32) throws(SQLiteError) {
    try self.init(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    unsafe sqlite3_busy_timeout(handle, busyTimeoutMilliseconds)
  }

  /// Opens a file that nobody writes, to be read only.
  ///
  /// - Parameter isUnlogged: No write-ahead log lies beside it, and none is to be made (https://www.sqlite.org/uri.html,
  ///   `immutable`).
  convenience init(reading path: String, isUnlogged: Bool) throws(SQLiteError) {
    guard isUnlogged else {
      try self.init(path, SQLITE_OPEN_READONLY)
      return
    }
    var uri = Array("file:".utf8)
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "%"): uri += Array("%25".utf8)
      case UInt8(ascii: "?"): uri += Array("%3f".utf8)
      case UInt8(ascii: "#"): uri += Array("%23".utf8)
      default: uri.append(byte)
      }
    }
    try self.init(
      String(decoding: uri, as: UTF8.self) + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI)
  }

  private init(_ name: String, _ flags: Int32) throws(SQLiteError) {
    var opened: OpaquePointer?
    let code = unsafe sqlite3_open_v2(name, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard let opened = unsafe opened else {
      throw SQLiteError(code: SQLITE_NOMEM, reason: "no memory for a connection")
    }
    guard code == SQLITE_OK else {
      let reason = unsafe String(cString: sqlite3_errmsg(opened))
      unsafe sqlite3_close_v2(opened)
      throw SQLiteError(code: code, reason: reason)
    }
    unsafe handle = opened
  }

  /// Waits, as a zombie connection inside SQLite, for statements that are still referred to.
  deinit { unsafe sqlite3_close_v2(handle) }

  /// Runs statements that give no rows, separated by `;`.
  func execute(_ script: String) throws(SQLiteError) {
    let code = unsafe sqlite3_exec(handle, script, nil, nil, nil)
    guard code == SQLITE_OK else { throw error(code) }
  }

  /// The statement for `sql`, compiled at its first use.
  func prepared(_ sql: String) throws(SQLiteError) -> SQLiteStatement {
    if let statement = statements[sql] { return statement }
    var compiled: OpaquePointer?
    let code = unsafe sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &compiled, nil)
    guard code == SQLITE_OK else { throw error(code) }
    guard let compiled = unsafe compiled else { preconditionFailure("an empty statement was to be prepared") }
    let statement = unsafe SQLiteStatement(owning: compiled)
    statements[sql] = statement
    return statement
  }

  /// Of the newest row that was inserted by this connection.
  var lastInsertedRow: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

  var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

  private func error(_ code: Int32) -> SQLiteError {
    SQLiteError(code: code, reason: unsafe String(cString: sqlite3_errmsg(handle)))
  }
}
