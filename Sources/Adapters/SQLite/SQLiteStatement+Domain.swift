import Domain

/// Columns as domain values. What no commit of ours can have written is reported as corrupt.
extension SQLiteStatement {
  func int(_ column: Int32) -> Int { Int(integer(column)) }

  func uint64(bits column: Int32) -> UInt64 { UInt64(bitPattern: integer(column)) }

  func timestamp(_ column: Int32) -> Timestamp { Timestamp(nanoseconds: integer(column)) }

  func identifier(_ column: Int32) throws(SQLiteError) -> Identifier128 {
    guard let identifier = withBytes(column, { Identifier128(bytes: $0) }) else {
      throw .corrupt("an identifier has not 16 bytes")
    }
    return identifier
  }

  func range(_ lower: Int32, _ upper: Int32) throws(SQLiteError) -> Range<Int> {
    guard int(lower) <= int(upper) else { throw .corrupt("a range of bytes ends before it begins") }
    return int(lower)..<int(upper)
  }

  func timeSpan(_ lower: Int32, _ upper: Int32) throws(SQLiteError) -> ClosedRange<Timestamp> {
    guard timestamp(lower) <= timestamp(upper) else { throw .corrupt("a span of time ends before it begins") }
    return timestamp(lower)...timestamp(upper)
  }

  func objectKey(_ column: Int32) throws(SQLiteError) -> ObjectKey {
    guard let key = ObjectKey(text(column)) else { throw .corrupt("'\(text(column))' is not an object key") }
    return key
  }

  func tenant(_ column: Int32) throws(SQLiteError) -> TenantID {
    do throws(NameError) { return try TenantID(text(column)) } catch { throw .corrupt("tenant: \(error)") }
  }

  func service(_ column: Int32) throws(SQLiteError) -> ServiceName {
    do throws(NameError) { return try ServiceName(text(column)) } catch { throw .corrupt("service: \(error)") }
  }

  func window(_ column: Int32) throws(SQLiteError) -> SequenceWindow {
    do throws(DecodingError) {
      return try withBytes(column) { (bytes) throws(DecodingError) in try SequenceWindow(encoded: bytes) }
    } catch { throw .corrupt("window: \(error)") }
  }
}
