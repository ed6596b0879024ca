import Domain
import Testing

@Suite("query cursors")
struct QueryCursorTests {
  static func cursor() throws -> QueryCursor {
    QueryCursor(
      last: OrderKey(
        timestamp: Timestamp(nanoseconds: -5), service: try ServiceName("wéb"),
        producer: ProducerID(Identifier128(high: 1, low: .max)), sequence: .max, index: 9), query: 77)
  }

  @Test("come back from their text")
  func roundTrip() throws { #expect(try QueryCursor(Self.cursor().text) == Self.cursor()) }

  @Test("a changed character, a cut and rubbish are refused")
  func damage() throws {
    let text = Array(try Self.cursor().text.utf8)
    for offset in text.indices {
      var changed = text
      changed[offset] = changed[offset] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      #expect(throws: DecodingError.self) { try QueryCursor(String(decoding: changed, as: UTF8.self)) }
      #expect(throws: DecodingError.self) { try QueryCursor(String(decoding: text[..<offset], as: UTF8.self)) }
    }
    for text in ["", "=", "rubbish", String(repeating: "A", count: 600)] {
      #expect(throws: DecodingError.self) { try QueryCursor(text) }
    }
  }

  @Test("the query's hash changes with every filter and not with the limit")
  func hash() throws {
    let tenant = TenantID.default
    let service = try ServiceName("web")
    let hashes = [
      QueryCursor.queryHash(tenant: tenant, service: nil, predicate: EventPredicate()),
      QueryCursor.queryHash(tenant: try TenantID("other"), service: nil, predicate: EventPredicate()),
      QueryCursor.queryHash(tenant: tenant, service: service, predicate: EventPredicate()),
      QueryCursor.queryHash(tenant: tenant, service: nil, predicate: EventPredicate(severities: 17...20)),
      QueryCursor.queryHash(tenant: tenant, service: nil, predicate: EventPredicate(contains: [1])),
      QueryCursor.queryHash(
        tenant: tenant, service: nil, predicate: EventPredicate(range: TimeRange(from: .epoch, to: .distantFuture))),
      QueryCursor.queryHash(
        tenant: tenant, service: nil, predicate: EventPredicate(traceID: TraceID(Identifier128(high: 1, low: 1)))),
    ]
    #expect(Set(hashes).count == hashes.count)
  }
}
