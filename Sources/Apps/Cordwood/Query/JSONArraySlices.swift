/// Where the elements of an array lie within a JSON text, so that they can be passed on unchanged: decoding and encoding
/// again would change numbers and the order of members.
///
/// For well-formed texts; of others it may make anything, but never reads outside.
struct JSONArraySlices {
  /// From the opening bracket to behind the closing one.
  let range: Range<Int>
  let elements: [ArraySlice<UInt8>]

  /// Finds the array that is the value of `member` in the text's outermost object; nil if there is none.
  init?(member: String, of bytes: [UInt8]) {
    let quoted = Array("\"\(member)\"".utf8)
    var depth = 0
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        let end = Self.endOfString(bytes, from: index)
        if depth == 1, bytes[index..<end].elementsEqual(quoted), let start = Self.arrayStart(bytes, after: end) {
          guard let array = Self.elements(bytes, from: start) else { return nil }
          self = array
          return
        }
        index = end
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
      index += 1
    }
    return nil
  }

  private init(range: Range<Int>, elements: [ArraySlice<UInt8>]) {
    self.range = range
    self.elements = elements
  }

  /// Where the bracket is, if a colon and an array follow.
  private static func arrayStart(_ bytes: [UInt8], after index: Int) -> Int? {
    let colon = skipSpace(bytes, from: index)
    guard colon < bytes.count, bytes[colon] == UInt8(ascii: ":") else { return nil }
    let start = skipSpace(bytes, from: colon + 1)
    return start < bytes.count && bytes[start] == UInt8(ascii: "[") ? start : nil
  }

  private static func elements(_ bytes: [UInt8], from start: Int) -> JSONArraySlices? {
    var elements: [ArraySlice<UInt8>] = []
    var depth = 0
    var elementStart = start + 1
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        index = endOfString(bytes, from: index)
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 {
          append(bytes[elementStart..<index], to: &elements)
          return JSONArraySlices(range: start..<(index + 1), elements: elements)
        }
      case UInt8(ascii: ",") where depth == 1:
        append(bytes[elementStart..<index], to: &elements)
        elementStart = index + 1
      default: break
      }
      index += 1
    }
    return nil
  }

  private static func append(_ element: ArraySlice<UInt8>, to elements: inout [ArraySlice<UInt8>]) {
    if !element.allSatisfy(isSpace) { elements.append(element) }
  }

  /// The index behind the string's closing quote.
  private static func endOfString(_ bytes: [UInt8], from start: Int) -> Int {
    var index = start + 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(index + 1, bytes.count)
  }

  private static func skipSpace(_ bytes: [UInt8], from start: Int) -> Int {
    bytes[start...].firstIndex { !isSpace($0) } ?? bytes.count
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
}
