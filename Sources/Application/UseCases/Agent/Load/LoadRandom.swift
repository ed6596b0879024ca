/// xoroshiro128+ (Blackman, Vigna 2018): a few cycles a number, the same numbers for the same seed. Not for secrets.
struct LoadRandom: Sendable {
  private var first: UInt64
  private var second: UInt64

  init(seed: UInt64) {
    // SplitMix64 spreads the seed, so that neighbouring ones give unlike numbers and no state is all zero.
    var state = seed
    func spread() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var value = state
      value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
      value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
      return value ^ (value >> 31)
    }
    first = spread()
    second = spread() | 1
  }

  @inline(__always)
  mutating func next() -> UInt64 {
    let result = first &+ second
    let mixed = second ^ first
    first = (first << 24 | first >> 40) ^ mixed ^ (mixed << 16)
    second = mixed << 37 | mixed >> 27
    return result
  }

  /// From 0 to below `bound`, evenly but for one part in 2^32.
  @inline(__always)
  mutating func below(_ bound: Int) -> Int { Int(((next() >> 32) &* UInt64(truncatingIfNeeded: bound)) >> 32) }
}
