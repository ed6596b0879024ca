/// What the promises compress.
enum CompressionSamples {
  /// Like a log: alike lines with some numbers in them.
  static let text: [UInt8] = (0..<200).flatMap { line in
    Array("2026-11-24T10:00:00Z INFO order \(line &* 2_654_435_761 % 100_000) shipped to warehouse \(line % 7)\n".utf8)
  }

  /// Short enough to try every bit and every cut.
  static let line = Array(text.prefix(400))

  static func repeatedText(to size: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size + text.count)
    while bytes.count < size { bytes.append(contentsOf: text) }
    return bytes
  }

  /// The same bytes each time (SplitMix64), which no codec can shorten.
  static func noise(_ count: Int) -> [UInt8] {
    var state: UInt64 = 42
    return (0..<count).map { _ in
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return UInt8(truncatingIfNeeded: mixed ^ (mixed >> 31))
    }
  }
}
