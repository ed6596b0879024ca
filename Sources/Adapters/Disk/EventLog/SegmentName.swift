/// Names of segment files: the base offset in 20 digits, so that they sort as their offsets do.
enum SegmentName {
  private static let suffix = ".segment"

  static func text(_ base: UInt64) -> String {
    let digits = String(base)
    return String(repeating: "0", count: 20 - digits.count) + digits + suffix
  }

  /// Nil for the name of something else.
  static func base(_ name: String) -> UInt64? {
    guard name.hasSuffix(suffix) else { return nil }
    let digits = name.dropLast(suffix.count)
    guard digits.count == 20, digits.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
    return UInt64(digits)
  }
}
