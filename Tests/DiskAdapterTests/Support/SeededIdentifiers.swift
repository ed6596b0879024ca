import Application
import Domain
import Threads

/// The same names for the same seed.
final class SeededIdentifiers: Identifiers {
  private let generator: Lock<SeededGenerator>

  init(seed: UInt64 = 1) { generator = Lock(SeededGenerator(seed: seed)) }

  func next() -> Identifier128 {
    generator.withLock { Identifier128(high: $0.next(), low: $0.next()) }
  }
}
