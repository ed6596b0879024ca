/// Whether bytes are well-formed UTF-8 (Unicode 15, table 3-7), eight ASCII bytes a step.
package enum UTF8Validation {
  package static func isValid(_ bytes: Span<UInt8>) -> Bool {
    var offset = 0
    let count = bytes.count
    while offset < count {
      if count - offset >= 8, bytes.uint64(at: offset) & 0x8080_8080_8080_8080 == 0 {
        offset += 8
        continue
      }
      if bytes.uint8(at: offset) < 0x80 {
        offset += 1
        continue
      }
      let length = sequenceLength(bytes, at: offset)
      if length == 0 { return false }
      offset += length
    }
    return true
  }

  /// The length of the well-formed sequence at `offset`; 0 if there is none.
  package static func sequenceLength(_ bytes: Span<UInt8>, at offset: Int) -> Int {
    let first = bytes.uint8(at: offset)
    switch first {
    case 0..<0x80: return 1
    case 0xC2...0xDF: return hasContinuations(bytes, at: offset, count: 1, second: 0x80...0xBF) ? 2 : 0
    case 0xE0: return hasContinuations(bytes, at: offset, count: 2, second: 0xA0...0xBF) ? 3 : 0
    case 0xED: return hasContinuations(bytes, at: offset, count: 2, second: 0x80...0x9F) ? 3 : 0
    case 0xE1...0xEF: return hasContinuations(bytes, at: offset, count: 2, second: 0x80...0xBF) ? 3 : 0
    case 0xF0: return hasContinuations(bytes, at: offset, count: 3, second: 0x90...0xBF) ? 4 : 0
    case 0xF1...0xF3: return hasContinuations(bytes, at: offset, count: 3, second: 0x80...0xBF) ? 4 : 0
    case 0xF4: return hasContinuations(bytes, at: offset, count: 3, second: 0x80...0x8F) ? 4 : 0
    default: return 0
    }
  }

  private static func hasContinuations(
    _ bytes: Span<UInt8>, at offset: Int, count: Int, second: ClosedRange<UInt8>
  ) -> Bool {
    guard offset + count < bytes.count, second.contains(bytes.uint8(at: offset + 1)) else { return false }
    for index in stride(from: 2, through: count, by: 1) where bytes.uint8(at: offset + index) & 0xC0 != 0x80 {
      return false
    }
    return true
  }
}
