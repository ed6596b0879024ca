/// Where a server listens: a name or an address, and a port. Names are not resolved here.
package struct HostPort: Sendable, Hashable, CustomStringConvertible {
  /// Without the brackets of an IPv6 address.
  package let host: String
  /// 1 to 65535.
  package let port: UInt16

  package init?(host: String, port: UInt16) {
    guard !host.isEmpty, port > 0, host.utf8.allSatisfy(isHostByte) else { return nil }
    self.host = host
    self.port = port
  }

  /// Reads `host:port` or `[address]:port`; nil for anything else, a missing port included.
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil  // an IPv6 address without brackets: its last group is no port
    }
    self.init(host: String(host), port: port)
  }

  package var description: String { Self.text(host: host, port: Int(port)) }

  /// `host:port` as a URL wants it: an IPv6 address is in brackets, whether `host` has them or not.
  package static func text(host: String, port: Int) -> String {
    host.contains(":") && !host.hasPrefix("[") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}

/// Letters, digits and `. - _ : %` (the last two for IPv6 addresses and their zones).
private func isHostByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "%"): true
  default: false
  }
}
