/// The line discipline of a request's head or trailers, checked before the parser sees the bytes.
///
/// llhttp, strict, still takes a bare LF for CRLF after the request line and at the end of both, and folded lines; Debian's
/// build has had no fix since early 2023. Every proxy that reads such a head otherwise than we do is a smuggling hole, so
/// only what RFC 9112 section 2.2 calls a line passes: CRLF at its end, no CR, LF or NUL within, no white space at the
/// start of a field line.
struct HTTP1LineScanner {
  enum Verdict: Equatable {
    case fine
    /// The empty line that ends the section was seen; what follows is none of it.
    case ended
    case malformed
  }

  private static let cr = UInt8(ascii: "\r")
  private static let lf = UInt8(ascii: "\n")

  private var lastWasCR = false
  private var lineBytes = 0
  /// A line that is not empty was seen: empty lines before the request line are allowed (section 2.2).
  private var hasStarted: Bool

  static var head: HTTP1LineScanner { HTTP1LineScanner(hasStarted: false) }

  /// Begins behind the line of the last chunk; may be empty.
  static var trailers: HTTP1LineScanner { HTTP1LineScanner(hasStarted: true) }

  private init(hasStarted: Bool) { self.hasStarted = hasStarted }

  /// - Parameter bytes: The next ones, cut anywhere.
  mutating func scan(_ bytes: Span<UInt8>) -> Verdict {
    for index in bytes.indices {
      let byte = bytes[index]
      if byte == Self.lf {
        if !lastWasCR { return .malformed }
        if lineBytes > 0 { hasStarted = true } else if hasStarted { return .ended }
        lineBytes = 0
      } else if lastWasCR {
        return .malformed
      } else if byte != Self.cr {
        let isFold = lineBytes == 0 && hasStarted && (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t"))
        if byte == 0 || isFold { return .malformed }
        lineBytes += 1
      }
      lastWasCR = byte == Self.cr
    }
    return .fine
  }
}
