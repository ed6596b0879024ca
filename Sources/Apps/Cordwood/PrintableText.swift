/// Text of somebody else's making, for a terminal: log text must not be able to drive it (CWE-150).
enum PrintableText {
  /// Replaces what is not shown but acted upon by an escape, as Swift writes it: C0 and C1 controls, line and paragraph
  /// separators, and what turns the direction of text (https://trojansource.codes). Tabs stay.
  ///
  /// - Parameter newline: What stands for a line feed, alone or after a carriage return.
  static func make(_ text: String, newline: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var printable = ""
    for character in text {
      if character == "\n" || character == "\r\n" {
        printable += newline
      } else {
        for scalar in character.unicodeScalars {
          if isActive(scalar) {
            printable += escape(scalar)
          } else {
            printable.unicodeScalars.append(scalar)
          }
        }
      }
    }
    return printable
  }

  private static func isActive(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09: false
    case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    "\\u{\(String(scalar.value, radix: 16))}"
  }
}
