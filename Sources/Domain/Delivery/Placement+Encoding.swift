/// A placement as 12 bytes: version, partitions and spread, 4 bytes each, little-endian.
extension Placement {
  package var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(uint32: version)
    bytes.append(uint32: UInt32(partitions))
    bytes.append(uint32: UInt32(spread))
    return bytes
  }

  /// Reads the first 12 bytes.
  package init(_ bytes: Span<UInt8>) throws(DecodingError) {
    var cursor = ByteCursor(end: bytes.count)
    let version = try cursor.uint32(bytes)
    let partitions = Int(try cursor.uint32(bytes))
    let spread = Int(try cursor.uint32(bytes))
    guard partitions >= 1, spread >= 1, spread <= partitions else {
      throw DecodingError(.malformed, at: 4, "a placement has \(partitions) partitions and a spread of \(spread)")
    }
    self.init(version: version, partitions: partitions, spread: spread)
  }
}
