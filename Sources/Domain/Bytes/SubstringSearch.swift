/// Finds a byte string in others: exact, case-sensitive.
///
/// Compares the two rarest bytes of the needle at their places, 64 positions a step, and the whole needle only where
/// both fit (after Wojciech Muła, "SIMD-friendly algorithms for substring searching", with rare bytes in place of the
/// first and the last). Masks are OR-ed before they are looked at: Swift has no movemask, and reductions of wide vectors
/// are not vectorised.
package struct SubstringSearch: Sendable {
  package let needle: [UInt8]
  private let rarest: Int
  private let secondRarest: Int

  package init(_ needle: [UInt8]) {
    self.needle = needle
    let order = needle.indices.sorted { Self.commonness(needle[$0]) < Self.commonness(needle[$1]) }
    rarest = order.first ?? 0
    // Another byte value tells more than the same one again.
    secondRarest = order.first { needle[$0] != needle[order[0]] } ?? order.last ?? 0
  }

  /// The first place at or after `start` where the needle begins; nil if there is none. An empty needle is everywhere.
  package func first(in bytes: Span<UInt8>, from start: Int = 0) -> Int? {
    guard !needle.isEmpty else { return start <= bytes.count ? start : nil }
    return unsafe bytes.withUnsafeBufferPointer { haystack in
      unsafe needle.withUnsafeBufferPointer { unsafe find($0, in: haystack, from: start) }
    }
  }

  private func find(
    _ needle: UnsafeBufferPointer<UInt8>, in haystack: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int? {
    let last = haystack.count - needle.count
    guard last >= start, let base = haystack.baseAddress else { return nil }
    let a = SIMD16<UInt8>(repeating: unsafe needle[rarest])
    let b = SIMD16<UInt8>(repeating: unsafe needle[secondRarest])
    var position = start
    // The widest load reaches 63 bytes beyond the later of the two places; both are within the needle.
    while position &+ 63 <= last {
      let raw = unsafe UnsafeRawPointer(base) + position
      let hits = unsafe Self.hits(raw + rarest, a, raw + secondRarest, b)
      if hits {
        for candidate in position...(position &+ 63) where unsafe isMatch(needle, base + candidate) { return candidate }
      }
      position &+= 64
    }
    while position <= last {
      if unsafe isMatch(needle, base + position) { return position }
      position &+= 1
    }
    return nil
  }

  @inline(__always)
  private static func hits(
    _ first: UnsafeRawPointer, _ a: SIMD16<UInt8>, _ second: UnsafeRawPointer, _ b: SIMD16<UInt8>
  ) -> Bool {
    var any = SIMDMask<SIMD16<Int8>>(repeating: false)
    for block in 0..<4 {
      let x = unsafe first.loadUnaligned(fromByteOffset: block &* 16, as: SIMD16<UInt8>.self)
      let y = unsafe second.loadUnaligned(fromByteOffset: block &* 16, as: SIMD16<UInt8>.self)
      any .|= (x .== a) .& (y .== b)
    }
    let lanes = unsafe unsafeBitCast(any, to: SIMD2<UInt64>.self)
    return lanes[0] | lanes[1] != 0
  }

  @inline(__always)
  private func isMatch(_ needle: UnsafeBufferPointer<UInt8>, _ place: UnsafePointer<UInt8>) -> Bool {
    guard unsafe place[rarest] == needle[rarest], unsafe place[secondRarest] == needle[secondRarest] else {
      return false
    }
    for offset in 0..<needle.count where unsafe place[offset] != needle[offset] { return false }
    return true
  }

  /// A rough rank of how often a byte is seen in log text: space, common letters and digits most, controls least.
  private static func commonness(_ byte: UInt8) -> Int {
    if let rank = byRarity.firstIndex(of: byte) { return 64 + rank }
    return byte < 0x20 || byte >= 0x7f ? 0 : 32
  }

  private static let byRarity = Array(
    "QZXJqzKYVUGWHBjP~^`|{}<>!?$%&*#@+;'FLMDONRTSCIAExk()[]_,vwbyf=\"g/pmhucdl:.-9876543210rnsaioet ".utf8)
}
