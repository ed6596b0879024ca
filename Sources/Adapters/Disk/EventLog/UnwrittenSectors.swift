import Domain

/// Tells bytes that were never written: a crash leaves them as zeros, a sector or more at a time.
enum UnwrittenSectors {
  /// What a device writes at once at least.
  private static let sectorBytes = 512
  /// Pieces of a sector that are shorter say nothing: records may end with some zeros.
  private static let leastBytes = 32

  /// - Parameter position: Of the first byte in its file.
  static func areIn(_ bytes: Span<UInt8>, at position: Int) -> Bool {
    var start = 0
    while start < bytes.count {
      let end = min(start + sectorBytes - (position + start) % sectorBytes, bytes.count)
      if end - start >= leastBytes, isZero(bytes.extracting(start..<end)) { return true }
      start = end
    }
    return false
  }

  private static func isZero(_ bytes: Span<UInt8>) -> Bool {
    for index in bytes.indices where bytes[index] != 0 { return false }
    return true
  }
}
