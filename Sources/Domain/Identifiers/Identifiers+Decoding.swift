extension Identifier128 {
  package init(_ bytes: Span<UInt8>, at cursor: inout ByteCursor) throws(DecodingError) {
    let range = try cursor.take(16)
    self.init(
      high: bytes.uint64(at: range.lowerBound).byteSwapped, low: bytes.uint64(at: range.lowerBound + 8).byteSwapped)
  }
}

extension TenantID {
  /// A length-prefixed name.
  package init(_ bytes: Span<UInt8>, at cursor: inout ByteCursor) throws(DecodingError) {
    let offset = cursor.offset
    let text = try cursor.text(bytes)
    do throws(NameError) { try self.init(text) } catch {
      throw DecodingError(.malformed, at: offset, "tenant: \(error)")
    }
  }
}

extension ServiceName {
  /// A length-prefixed name.
  package init(_ bytes: Span<UInt8>, at cursor: inout ByteCursor) throws(DecodingError) {
    let offset = cursor.offset
    let text = try cursor.text(bytes)
    do throws(NameError) { try self.init(text) } catch {
      throw DecodingError(.malformed, at: offset, "service: \(error)")
    }
  }
}
