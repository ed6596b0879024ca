/// What the promises compress.
enum StreamSamples {
  /// Like a log, and larger compressed than a piece of any size that is tried.
  static let text: [UInt8] = (0..<1_000).flatMap { line in
    Array("2026-11-24T10:00:00Z INFO order \(line &* 2_654_435_761 % 100_000) shipped to \(line % 7)\n".utf8)
  }

  /// Short enough to try every bit and every cut.
  static let line = Array("and another member\n".utf8)
}
