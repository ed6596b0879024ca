import Csqlite3
import Domain

/// A compiled statement, and while it runs, its current row.
@safe
final class SQLiteStatement {
  private let handle: OpaquePointer

  init(owning handle: OpaquePointer) { unsafe self.handle = handle }

  deinit { unsafe sqlite3_finalize(handle) }

  /// Runs a statement to its end.
  func run(_ values: SQLiteValue...) throws(SQLiteError) {
    try rows(values) { _ in }
  }

  /// The first column of the first row, an integer; nil without a row.
  func integer(_ values: SQLiteValue...) throws(SQLiteError) -> Int64? {
    var result: Int64?
    try rows(values) { row in result = result ?? row.integer(0) }
    return result
  }

  /// Runs a statement and shows `body` each row, which is valid only within that call.
  func rows(
    _ values: SQLiteValue..., body: (borrowing SQLiteStatement) throws(SQLiteError) -> Void
  ) throws(SQLiteError) {
    try rows(values, body)
  }

  private func rows(
    _ values: [SQLiteValue], _ body: (borrowing SQLiteStatement) throws(SQLiteError) -> Void
  ) throws(SQLiteError) {
    // A statement that is not reset keeps its transaction's locks.
    defer { unsafe sqlite3_reset(handle) }
    for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1)) }
    while true {
      switch unsafe sqlite3_step(handle) {
      case SQLITE_ROW: try body(self)
      case SQLITE_DONE: return
      case let code: throw error(code)
      }
    }
  }

  private func bind(_ value: SQLiteValue, at index: Int32) throws(SQLiteError) {
    // SQLite copies what it is given: the macro SQLITE_TRANSIENT, which is not imported.
    let copied = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    let code =
      switch value {
      case .null: unsafe sqlite3_bind_null(handle, index)
      case .integer(let value): unsafe sqlite3_bind_int64(handle, index, value)
      case .text(let text):
        unsafe sqlite3_bind_text64(handle, index, text, UInt64(text.utf8.count), copied, UInt8(SQLITE_UTF8))
      // A null pointer would bind NULL.
      case .blob(let bytes) where bytes.isEmpty: unsafe sqlite3_bind_zeroblob(handle, index, 0)
      case .blob(let bytes): unsafe sqlite3_bind_blob64(handle, index, bytes, UInt64(bytes.count), copied)
      }
    guard code == SQLITE_OK else { throw error(code) }
  }

  /// 0 for NULL.
  func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

  func isNull(_ column: Int32) -> Bool { unsafe sqlite3_column_type(handle, column) == SQLITE_NULL }

  /// Empty for NULL. Ill-formed UTF-8 comes with U+FFFD.
  func text(_ column: Int32) -> String {
    withBytes(column) { String(repairing: $0) }
  }

  /// Empty for NULL.
  func blob(_ column: Int32) -> [UInt8] {
    withBytes(column) { [UInt8]($0) }
  }

  /// Shows the bytes of a text or blob without copying them.
  func withBytes<Result, Failure: Error>(
    _ column: Int32, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // In this order, as https://www.sqlite.org/c3ref/column_blob.html asks.
    let start = unsafe sqlite3_column_blob(handle, column)
    let count = unsafe Int(sqlite3_column_bytes(handle, column))
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
    return try unsafe body(bytes.bindMemory(to: UInt8.self).span)
  }

  private func error(_ code: Int32) -> SQLiteError {
    SQLiteError(code: code, reason: unsafe String(cString: sqlite3_errmsg(sqlite3_db_handle(handle))))
  }
}
