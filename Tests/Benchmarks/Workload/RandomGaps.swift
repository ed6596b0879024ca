/// Gaps between events, in nanoseconds, even from 0 to twice the mean. The same ones each time (SplitMix64).
struct RandomGaps {
  private let mean: UInt64
  private var state: UInt64 = 0x9e37_79b9_7f4a_7c15

  init(mean: UInt64) { self.mean = mean }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return (value ^ (value >> 31)) % (2 * mean)
  }
}
