/// How large a pattern is with its counted repeats written out: what the time to compile it grows with.
///
/// The library has no limit of its own that helps: `(foo|bar){1000}`, of size 6,000, took it 0.75 s, and it cannot be
/// interrupted. A reading of the syntax that is good enough for an estimate; the library is who refuses a bad pattern.
struct PatternSize {
  private let bytes: [UInt8]
  private var offset = 0
  /// Size of each open group, the whole pattern first.
  private var groups = [0]
  /// Of the last character, class or group, which a repeat would multiply.
  private var last = 0

  private init(_ pattern: String) { bytes = Array(pattern.utf8) }

  /// Saturates at `Int32.max`.
  static func of(_ pattern: String) -> Int {
    var size = PatternSize(pattern)
    return size.measure()
  }

  private mutating func measure() -> Int {
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "("):
        groups.append(0)
        last = 0
        offset += 1
      case UInt8(ascii: ")") where groups.count > 1:
        offset += 1
        add(groups.removeLast())
      case UInt8(ascii: "["):
        skipClass()
        add(1)
      case UInt8(ascii: "\\"):
        offset += 2
        add(1)
      case UInt8(ascii: "{"): repeatLast()
      default:
        offset += 1
        add(1)
      }
    }
    return groups.reduce(0, Self.sum)
  }

  private mutating func add(_ size: Int) {
    last = size
    groups[groups.count - 1] = Self.sum(groups[groups.count - 1], size)
  }

  /// `{n}`, `{n,}` or `{n,m}`; any other brace is a character.
  private mutating func repeatLast() {
    var end = offset + 1
    guard let least = number(&end) else {
      offset += 1
      return add(1)
    }
    var most = least
    if end < bytes.count, bytes[end] == UInt8(ascii: ",") {
      end += 1
      most = number(&end) ?? least
    }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "}") else {
      offset += 1
      return add(1)
    }
    offset = end + 1
    let size = last.multipliedReportingOverflow(by: max(least, most, 1))
    let total = size.overflow ? Int(Int32.max) : size.partialValue
    groups[groups.count - 1] = Self.sum(groups[groups.count - 1] - last, total)
    last = total
  }

  private func number(_ end: inout Int) -> Int? {
    var value: Int?
    while end < bytes.count, (0x30...0x39).contains(bytes[end]) {
      value = min((value ?? 0) * 10 + Int(bytes[end] - 0x30), Int(Int32.max))
      end += 1
    }
    return value
  }

  /// Leaves `offset` behind the closing bracket. A bracket that comes first is a member.
  private mutating func skipClass() {
    offset += 1
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "^") { offset += 1 }
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "]") { offset += 1 }
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "]") {
      if bytes[offset] == UInt8(ascii: "["), offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: ":") {
        skipClassName()
      } else {
        offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
      }
    }
    offset += 1
  }

  /// `[:alpha:]`.
  private mutating func skipClassName() {
    var end = offset + 2
    while end + 1 < bytes.count, bytes[end] != UInt8(ascii: "]") {
      if bytes[end] == UInt8(ascii: ":"), bytes[end + 1] == UInt8(ascii: "]") {
        offset = end + 2
        return
      }
      end += 1
    }
    offset += 1
  }

  private static func sum(_ left: Int, _ right: Int) -> Int { min(left + right, Int(Int32.max)) }
}
