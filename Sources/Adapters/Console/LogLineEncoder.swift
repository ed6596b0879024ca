import Domain

/// Writes lines. A value cannot break out of its line or its quotes, nor reach a terminal as a control sequence.
struct LogLineEncoder: Sendable {
  /// A longer value is cut: a line stays below what a pipe takes at once (PIPE_BUF) with the few fields there are.
  static let maximumValueBytes = 1_024

  let format: LogFormat

  /// - Parameter repeats: How often the like was not shown since the last time.
  func encode(_ line: LogLine, at time: Timestamp, repeats: Int) -> [UInt8] {
    var text = ""
    switch format {
    case .text:
      let level = line.level.rawValue.uppercased()
      text += "\(RFC3339.text(time)) \(level)\(level.count < 5 ? " " : "") \(line.message)"
      for field in line.fields { text += " \(field.name)=\(value(field.value))" }
      if repeats > 0 { text += " … repeated \(repeats) times" }
    case .json:
      text += "{\"time\":\"\(RFC3339.text(time))\",\"level\":\"\(line.level.rawValue)\""
      text += ",\"message\":\(quoted(line.message))"
      for field in line.fields {
        text += ",\(quoted(field.name)):\(field.isNumber ? field.value : quoted(field.value))"
      }
      if repeats > 0 { text += ",\"repeated\":\(repeats)" }
      text += "}"
    }
    return Array((text + "\n").utf8)
  }

  private func value(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != 0x22 && $0 != 0x5c && $0 != 0x3d }
    return isPlain && text.utf8.count <= Self.maximumValueBytes ? text : quoted(text)
  }

  /// As JSON does it, which terminals and people read too.
  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      if result.utf8.count > Self.maximumValueBytes { return result + "…\"" }
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value):
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
