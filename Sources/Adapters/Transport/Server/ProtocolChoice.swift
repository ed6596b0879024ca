/// Tells HTTP/2 from HTTP/1.1 by a connection's first bytes: the preface of RFC 9113 section 3.4 is no HTTP/1.1 request
/// that anybody sends.
enum ProtocolChoice: Equatable {
  case http1
  case http2
  /// More bytes are needed.
  case undecided
  /// The bytes are of a protocol that is not offered.
  case neither

  static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

  static func choose(among protocols: HTTPProtocols, from start: [UInt8]) -> ProtocolChoice {
    if !protocols.contains(.http2) { return .http1 }
    let known = min(start.count, preface.count)
    if start[..<known] != preface[..<known] { return protocols.contains(.http1) ? .http1 : .neither }
    return known == preface.count ? .http2 : .undecided
  }
}
