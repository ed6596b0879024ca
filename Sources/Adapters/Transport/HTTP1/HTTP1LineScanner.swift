/// The line discipline of a request's head, checked before the parser sees the bytes.
///
/// llhttp, strict, still takes a bare LF for CRLF after the request line and at the head's end, and folded lines; Debian's
/// build has had no fix since early 2023. Every proxy that reads such a head otherwise than we do is a smuggling hole, so
/// only what RFC 9112 section 2.2 calls a line passes: CRLF at its end, no CR, LF or NUL within, no white space at the
/// start of a field line.
struct HTTP1LineScanner {
  enum Verdict: Equatable {
    case fine
    /// The empty line that ends the head was seen; what follows is body.
    case headEnded
    case malformed
  }

  private static let cr = UInt8(ascii: "\r")
  private static let lf = UInt8(ascii: "\n")

  private var lastWasCR = false
  private var lineBytes = 0
  /// A line that is not empty was seen: empty lines before the request line are allowed (section 2.2).
  private var hasStarted = false

  /// - Parameter bytes: The next ones, cut anywhere.
  mutating func scan(_ bytes: RawSpan) -> Verdict {
    for index in 0..<bytes.byteCount {
      let byte = unsafe bytes.unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self)  // within the count above
      if byte == Self.lf {
        if !lastWasCR { return .malformed }
        if lineBytes > 0 { hasStarted = true } else if hasStarted { return .headEnded }
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
