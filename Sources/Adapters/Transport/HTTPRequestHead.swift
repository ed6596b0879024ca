/// What a request says before its body, the same for HTTP/1.1 and HTTP/2.
package struct HTTPRequestHead: Sendable, Equatable {
  // The names are the versions.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  package enum Version: String, Sendable { case http1_0 = "HTTP/1.0", http1_1 = "HTTP/1.1", http2 = "HTTP/2" }

  package var method: String
  /// Path and query as sent, percent-encoded: `/v1/query?x=1`.
  package var target: String
  /// `:authority` or `Host`; empty if an HTTP/1.0 client sent none.
  package var authority: String
  package var version: Version
  package var fields: HTTPFields

  package init(
    method: String, target: String, authority: String = "", version: Version = .http2, fields: HTTPFields = [:]
  ) {
    self.method = method
    self.target = target
    self.authority = authority
    self.version = version
    self.fields = fields
  }
}
