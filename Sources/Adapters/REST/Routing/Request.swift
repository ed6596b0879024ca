import Application
import Domain
import Transport

/// A request on its way through the router: its head understood, its body not read yet.
struct Request: Sendable {
  let target: RequestTarget
  private let exchange: any HTTPExchange

  init(_ exchange: any HTTPExchange) throws(Problem) {
    self.exchange = exchange
    target = try RequestTarget(exchange.request.target)
  }

  var fields: HTTPFields { exchange.request.fields }

  /// The tenant that `X-Tenant-ID` names.
  func headerTenant() throws(Problem) -> TenantID? {
    let names = Set(fields.all("x-tenant-id"))
    guard let name = names.first else { return nil }
    if names.count > 1 {
      throw Problem(.tenantConflict, "the header X-Tenant-ID is there with different values", field: "X-Tenant-ID")
    }
    return try EventRequest.tenant(named: name, field: "X-Tenant-ID")
  }

  /// The whole body, which must be JSON if its sender says what it is.
  ///
  /// - Throws: `.problem` if it is of another type or over `limit` bytes; `.connection` if it did not come.
  func jsonBody(limit: Int) async throws(RequestFailure) -> [UInt8] {
    do throws(Problem) { try checkMediaType() } catch { throw .problem(error) }
    let tooLarge = Problem(.bodyTooLarge, "the body has more than \(limit) bytes")
    if let announced = fields["content-length"].flatMap({ Int($0) }), announced > limit { throw .problem(tooLarge) }
    var body: [UInt8] = []
    while let piece = try await nextPiece() {
      if body.count + piece.count > limit { throw .problem(tooLarge) }
      body += piece
    }
    return body
  }

  private func nextPiece() async throws(RequestFailure) -> [UInt8]? {
    do throws(TransportError) { return try await exchange.read() } catch { throw .connection(error) }
  }

  /// The others are what `curl -d` and a browser's `fetch` say of any body when nobody tells them otherwise: they are taken
  /// for JSON too, and refused as bad JSON if they are none. (A page of another site can make a browser send it, but not
  /// read the answer.)
  private static let mediaTypes: Set = ["application/json", "application/x-www-form-urlencoded", "text/plain"]

  private func checkMediaType() throws(Problem) {
    if let coding = fields["content-encoding"], coding.lowercased() != "identity" {
      throw Problem(.unsupportedMediaType, "the body is encoded with '\(coding.prefix(32))': send it plain")
    }
    guard let type = fields["content-type"] else { return }
    let parts = type.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
    guard let name = parts.first, Self.mediaTypes.contains(name) else {
      throw Problem(.unsupportedMediaType, "the body is of type '\(type.prefix(64))': expected application/json")
    }
    if let charset = parts.dropFirst().first(where: { $0.hasPrefix("charset=") }),
      !["charset=utf-8", "charset=\"utf-8\""].contains(charset)
    {
      throw Problem(
        .unsupportedMediaType, "the body is in '\(charset.prefix(32))': JSON is UTF-8 (RFC 8259 section 8.1)")
    }
  }
}
