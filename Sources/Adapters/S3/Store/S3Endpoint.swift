/// Where a server is: `https://s3.eu-central-1.amazonaws.com`, `http://minio:9000`.
package struct S3Endpoint: Hashable, Sendable, CustomStringConvertible {
  package let isSecure: Bool
  /// A name or an address, an IPv6 address in brackets.
  package let host: String
  /// Nil: the scheme's own.
  package let port: Int?

  /// Nil if `text` is not `http` or `https`, a host, and at most a port.
  package init?(_ text: String) { self.init(text, allowsPath: false) }

  init?(_ text: String, allowsPath: Bool) {
    let rest: Substring
    if text.hasPrefix("https://") {
      isSecure = true
      rest = text.dropFirst(8)
    } else if text.hasPrefix("http://") {
      isSecure = false
      rest = text.dropFirst(7)
    } else {
      return nil
    }
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    guard allowsPath || rest[slash...].allSatisfy({ $0 == "/" }) else { return nil }
    let authority = rest[..<slash]
    // After the bracket of an IPv6 address.
    let colon = authority.lastIndex(of: ":").flatMap { authority[$0...].contains("]") ? nil : $0 }
    host = authority[..<(colon ?? authority.endIndex)].lowercased()
    if let colon {
      guard let number = Int(authority[authority.index(after: colon)...]), (1...65_535).contains(number) else {
        return nil
      }
      port = number == (isSecure ? 443 : 80) ? nil : number
    } else {
      port = nil
    }
    let isAddress = host.hasPrefix("[") && host.hasSuffix("]")
    let isAllowed = { (byte: UInt8) in
      switch byte {
      case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
      case UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"): isAddress
      default: false
      }
    }
    guard !host.isEmpty, host.utf8.allSatisfy(isAllowed) else { return nil }
  }

  /// Amazon's own, of a region.
  package static func amazon(region: String) -> S3Endpoint? { S3Endpoint("https://s3.\(region).amazonaws.com") }

  package var description: String { "\(isSecure ? "https" : "http")://\(authority(of: host))" }

  /// As in the `Host` header.
  func authority(of host: String) -> String { host + (port.map { ":\($0)" } ?? "") }
}
