/// Random JSON objects, in the spellings that RFC 8259 allows.
enum RandomJSON {
  static func document(_ random: inout SeededGenerator) -> [UInt8] {
    var text: [UInt8] = []
    object(&text, depth: 0, &random)
    return text
  }

  /// Overwrites, removes or doubles a byte.
  static func damage(_ text: inout [UInt8], _ random: inout SeededGenerator) {
    guard !text.isEmpty else { return }
    let offset = Int.random(in: 0..<text.count, using: &random)
    switch Int.random(in: 0..<3, using: &random) {
    case 0: text[offset] = Array("{}[]\",:\\0159.eE+-tfnu ".utf8).randomElement(using: &random) ?? 0
    case 1: text.remove(at: offset)
    default: text.insert(text[offset], at: offset)
    }
  }

  private static func object(_ text: inout [UInt8], depth: Int, _ random: inout SeededGenerator) {
    text.append(UInt8(ascii: "{"))
    space(&text, &random)
    for index in 0..<Int.random(in: 0...5, using: &random) {
      if index > 0 { comma(&text, &random) }
      // The number keeps keys apart: which of two equal ones counts is left open by RFC 8259 section 4.
      string(&text, &random, prefix: "\(index)")
      space(&text, &random)
      text.append(UInt8(ascii: ":"))
      space(&text, &random)
      value(&text, depth: depth + 1, &random)
      space(&text, &random)
    }
    text.append(UInt8(ascii: "}"))
  }

  private static func array(_ text: inout [UInt8], depth: Int, _ random: inout SeededGenerator) {
    text.append(UInt8(ascii: "["))
    space(&text, &random)
    for index in 0..<Int.random(in: 0...4, using: &random) {
      if index > 0 { comma(&text, &random) }
      value(&text, depth: depth + 1, &random)
      space(&text, &random)
    }
    text.append(UInt8(ascii: "]"))
  }

  private static func value(_ text: inout [UInt8], depth: Int, _ random: inout SeededGenerator) {
    switch Int.random(in: 0..<(depth > 5 ? 5 : 8), using: &random) {
    case 0: text.append(contentsOf: (Bool.random(using: &random) ? "true" : "false").utf8)
    case 1: text.append(contentsOf: "null".utf8)
    case 2: number(&text, &random)
    case 3, 4: string(&text, &random, prefix: "")
    case 5: array(&text, depth: depth, &random)
    default: object(&text, depth: depth, &random)
    }
  }

  private static func number(_ text: inout [UInt8], _ random: inout SeededGenerator) {
    let int = Int64.random(in: Int64.min...Int64.max, using: &random) >> Int64.random(in: 0..<63, using: &random)
    let exponent = ["e", "E", "e+", "E-"].randomElement(using: &random) ?? "e"
    switch Int.random(in: 0..<4, using: &random) {
    case 0: text.append(contentsOf: "\(int)".utf8)
    case 1: text.append(contentsOf: "\(int % 1_000_000).\(UInt16.random(in: 0...9_999, using: &random))".utf8)
    case 2: text.append(contentsOf: "\(int % 1_000)\(exponent)\(Int.random(in: 0...20, using: &random))".utf8)
    default: text.append(contentsOf: "\(Double.random(in: -1e6...1e6, using: &random))".utf8)
    }
  }

  private static func string(_ text: inout [UInt8], _ random: inout SeededGenerator, prefix: String) {
    text.append(UInt8(ascii: "\""))
    text.append(contentsOf: prefix.utf8)
    let pieces = [
      "a", "request took", " 17 ms", "é", "€", "😀", #"\n"#, #"\""#, #"\\"#, #"\/"#, #"\t"#, #"\u00e9"#, #"\u20ac"#,
      #"\uD83D\uDE00"#, "{", "]", ",", ":", #"\b\f\r"#, "0123456789abcdef",
    ]
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      text.append(contentsOf: (pieces.randomElement(using: &random) ?? "").utf8)
    }
    text.append(UInt8(ascii: "\""))
  }

  private static func comma(_ text: inout [UInt8], _ random: inout SeededGenerator) {
    text.append(UInt8(ascii: ","))
    space(&text, &random)
  }

  private static func space(_ text: inout [UInt8], _ random: inout SeededGenerator) {
    while Int.random(in: 0..<4, using: &random) == 0 {
      text.append(Array(" \t\n\r".utf8).randomElement(using: &random) ?? 0x20)
    }
  }
}
