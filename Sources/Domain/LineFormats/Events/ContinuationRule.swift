/// Which lines go on with the event before them, by what they look like: the rule of `MultilineRule.indentation`.
///
/// A line belongs to the event before it if it
/// - begins with a space or a tab;
/// - begins with `Caused by:`, `Suppressed:`, `...`, `}`, `]` or `)` (Java's and others' traces, the end of what was indented);
/// - begins with `Traceback (most recent call last)`, `During handling of the above exception` or `The above exception was`
///   (Python), or is the exception's own line behind such a traceback: its name, then a colon or nothing;
/// - begins with `goroutine ` and a number, or `[signal ` (Go's panics), or is a call in such a trace: it ends with `)` or
///   begins with `created by `.
struct ContinuationRule: Sendable {
  private enum Trace: Sendable {
    case none
    /// Behind `Traceback`, before the exception's own line.
    case python
    /// Behind `goroutine`.
    case go
  }

  private var trace = Trace.none

  /// Begins an event with its first line.
  mutating func begin(_ line: Span<UInt8>) {
    trace = .none
    _ = joins(line)
  }

  /// Whether `line`, which is not blank, belongs to the event of the lines before it.
  mutating func joins(_ line: Span<UInt8>) -> Bool {
    if Self.isContinuation(line) {
      note(line)
      return true
    }
    switch trace {
    case .none: return false
    case .python:
      trace = .none
      return Self.isException(line)
    case .go:
      if line[line.count - 1] == UInt8(ascii: ")"), TimeText.isLetter(line, at: 0) { return true }
      if line.starts(with: "created by ") { return true }
      trace = .none
      return false
    }
  }

  /// Whether a line belongs to one before it, whatever that was.
  static func isContinuation(_ line: Span<UInt8>) -> Bool {
    guard line.count > 0 else { return false }
    switch line[0] {
    case 0x20, 0x09, UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ")"): return true
    case UInt8(ascii: "."): return line.starts(with: "...")
    case UInt8(ascii: "C"): return line.starts(with: "Caused by:")
    case UInt8(ascii: "S"): return line.starts(with: "Suppressed:")
    case UInt8(ascii: "D"): return line.starts(with: "During handling of the above exception")
    case UInt8(ascii: "T"):
      return line.starts(with: "Traceback (most recent call last)") || line.starts(with: "The above exception was")
    case UInt8(ascii: "["): return line.starts(with: "[signal ")
    case UInt8(ascii: "g"): return isGoroutine(line)
    default: return false
    }
  }

  private mutating func note(_ line: Span<UInt8>) {
    switch line[0] {
    case UInt8(ascii: "T") where line.starts(with: "Traceback"): trace = .python
    case UInt8(ascii: "g"): trace = .go
    case 0x20, 0x09: break
    default: if trace == .python { trace = .none }
    }
  }

  private static func isGoroutine(_ line: Span<UInt8>) -> Bool {
    line.starts(with: "goroutine ") && TimeText.isDigit(line, at: 10)
  }

  /// `requests.exceptions.ConnectionError: …`, `KeyboardInterrupt`.
  private static func isException(_ line: Span<UInt8>) -> Bool {
    guard TimeText.isLetter(line, at: 0) else { return false }
    for offset in 0..<line.count {
      switch line[offset] {
      case UInt8(ascii: ":"): return true
      case UInt8(ascii: "."), UInt8(ascii: "_"), 0x30...0x39, 0x41...0x5a, 0x61...0x7a: continue
      default: return false
      }
    }
    return true
  }
}

extension Span where Element == UInt8 {
  /// Whether the bytes begin with those of `text`.
  func starts(with text: String) -> Bool {
    var offset = 0
    for byte in text.utf8 {
      guard offset < count, self[offset] == byte else { return false }
      offset += 1
    }
    return true
  }
}
