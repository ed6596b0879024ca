import Application
package import Domain
import Threads

/// Identifiers that are the same for the same seed, so that a failing test can be run again.
package final class SeededIdentifiers: Identifiers {
  private let state: Lock<UInt64>

  package init(seed: UInt64) { state = Lock(seed) }

  package func next() -> Identifier128 {
    state.withLock { state in Identifier128(high: Self.advance(&state), low: Self.advance(&state)) }
  }

  /// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014): never repeats within 2^64.
  private static func advance(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
