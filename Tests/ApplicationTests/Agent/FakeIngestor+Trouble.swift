extension FakeIngestor {
  /// Mostly well, else all that can happen to a sending; the same for the same seed.
  ///
  /// - Parameter rejects: Whether the server may refuse for good, which ends an import.
  static func troubled(seed: UInt64, rejects: Bool = true) -> @Sendable (Int) -> Reply {
    { number in
      var random = SeededGenerator(seed: seed &+ UInt64(number))
      switch Int.random(in: 0..<20, using: &random) {
      case 0...2: return .takeAndBreak
      case 3...4: return .breakFirst
      case 5: return .retryAfter(.milliseconds(300))
      case 6 where rejects && Bool.random(using: &random): return .reject
      default: return .take
      }
    }
  }
}
