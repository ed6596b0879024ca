/// What a request's head must be beyond what llhttp checks, so that no proxy in front of us can read it differently.
enum HTTP1HeadRules {
  /// What the parser knows of a head.
  struct Head {
    var major: Int
    var minor: Int
    /// False for CONNECT, PRI and RTSP's methods, which llhttp also knows.
    var isServedMethod: Bool
    var fields: HTTPFields
  }

  /// - Returns: The status to refuse the request with; nil if it is sound.
  static func rejection(of head: Head) -> Int? {
    if head.major != 1 || head.minor > 1 { return 505 }
    if let status = hostRejection(head) ?? codingRejection(head) { return status }
    if !head.isServedMethod { return 405 }
    let expectations = head.fields.all("expect")
    if !expectations.allSatisfy({ $0.lowercased() == "100-continue" }) { return 417 }
    return nil
  }

  /// RFC 9112 section 3.2: exactly one Host, which may be empty; HTTP/1.0 may have none.
  private static func hostRejection(_ head: Head) -> Int? {
    let hosts = head.fields.all("host")
    if hosts.count > 1 || (hosts.isEmpty && head.minor == 1) { return 400 }
    return hosts.allSatisfy { $0.utf8.allSatisfy(isHostByte) } ? nil : 400
  }

  /// RFC 9112 section 6.1: a coding beside a length, or before HTTP/1.1, is an attack; one that is not just `chunked` we
  /// do not know.
  private static func codingRejection(_ head: Head) -> Int? {
    let codings = head.fields.all("transfer-encoding")
    let lengths = head.fields.all("content-length")
    if lengths.count > 1 { return 400 }
    if codings.isEmpty { return nil }
    if codings.count > 1 || !lengths.isEmpty || head.minor == 0 { return 400 }
    return codings[0].lowercased() == "chunked" ? nil : 501
  }

  /// Visible ASCII without what would make it more than a host and a port.
  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "/"), UInt8(ascii: "@"), UInt8(ascii: ","), UInt8(ascii: "?"), UInt8(ascii: "#"),
      UInt8(ascii: "\\"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""):
      false
    default: byte > 0x20 && byte < 0x7f
    }
  }

  /// RFC 9112 section 3.2.2: `http://host/path` asks for `/path` of `host`, whatever Host says.
  static func split(target: String) -> (authority: String?, target: String) {
    let scheme = "http://"
    guard target.lowercased().hasPrefix(scheme) else { return (nil, target) }
    let rest = target.dropFirst(scheme.count)
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    let path = rest[end...]
    return (String(rest[..<end]), path.hasPrefix("/") ? String(path) : "/" + path)
  }
}
