/// Bytes as JSON has them where they are no text: `[104,105,255]`.
enum JSONByteArray {
  /// - Parameters:
  ///   - text: A JSON value.
  ///   - bytes: Is emptied, then gets the bytes.
  /// - Returns: False if it is anything but an array of integers from 0 to 255.
  static func read(_ text: Span<UInt8>, into bytes: inout [UInt8]) -> Bool {
    bytes.removeAll(keepingCapacity: true)
    guard text.count >= 2, text[0] == UInt8(ascii: "["), text[text.count - 1] == UInt8(ascii: "]") else { return false }
    var number: Int?
    for offset in 1..<text.count {
      switch text[offset] {
      case 0x30...0x39:
        let next = (number ?? 0) * 10 + Int(text[offset] & 0xf)
        guard next <= 255 else { return false }
        number = next
      case UInt8(ascii: ","), UInt8(ascii: "]"):
        // An empty array has no number, and says nothing.
        guard let byte = number else { return false }
        bytes.append(UInt8(byte))
        number = nil
      case 0x20, 0x09: break
      default: return false
      }
    }
    return true
  }
}
