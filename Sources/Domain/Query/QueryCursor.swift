/// Where a page ended, as an opaque text that the next request brings back.
///
/// Carries the order key of the page's last event and a hash of the query, so that it cannot be used with another one.
/// It knows nothing of objects or offsets: flushes, compaction, restarts and rebuilds do not disturb it.
package struct QueryCursor: Hashable, Sendable {
  static let version: UInt8 = 1

  package let last: OrderKey
  /// CRC-32C of what was asked for (`queryHash`).
  package let query: UInt32

  package init(last: OrderKey, query: UInt32) {
    self.last = last
    self.query = query
  }

  /// base64url of: version, query hash (4), order key, CRC-32C of all before it (4).
  package var text: String {
    var bytes: [UInt8] = [Self.version]
    bytes.append(uint32: query)
    last.append(to: &bytes)
    bytes.append(uint32: CRC32C.checksum(bytes.span))
    return Base64.urlText(bytes)
  }

  /// - Throws: If it is not a cursor, is damaged, or is of a version that this build does not know.
  package init(_ text: String) throws(DecodingError) {
    guard text.utf8.count <= 512, let bytes = Base64.bytes(urlText: text), bytes.count > 9 else {
      throw DecodingError(.malformed, at: 0, "not a cursor of this system")
    }
    let span = bytes.span
    guard span[0] == Self.version else {
      throw DecodingError(
        .unsupportedVersion, at: 0, "a cursor of version \(span[0]), this build reads \(Self.version)")
    }
    guard CRC32C.checksum(span.extracting(0..<span.count - 4)) == span.uint32(at: span.count - 4) else {
      throw DecodingError(.corrupt, at: span.count - 4, "the cursor is damaged")
    }
    var cursor = ByteCursor(at: 1, end: span.count - 4)
    query = try cursor.uint32(span)
    last = try OrderKey(span, at: &cursor)
    guard cursor.remaining == 0 else {
      throw DecodingError(.malformed, at: cursor.offset, "a cursor with trailing bytes")
    }
  }

  /// What two requests must agree on for a cursor to pass from one to the other: all but limit and cursor.
  package static func queryHash(tenant: TenantID, service: ServiceName?, predicate: EventPredicate) -> UInt32 {
    var bytes: [UInt8] = []
    bytes.append(lengthPrefixed: tenant.text)
    bytes.append(lengthPrefixed: service?.text ?? "")
    bytes.append(int64: predicate.range.start.nanoseconds)
    bytes.append(int64: predicate.range.end.nanoseconds)
    bytes.append(predicate.severities.lowerBound)
    bytes.append(predicate.severities.upperBound)
    bytes.append(lengthPrefixed: predicate.contains.span)
    bytes.append(lengthPrefixed: predicate.traceID?.description ?? "")
    return CRC32C.checksum(bytes.span)
  }
}
