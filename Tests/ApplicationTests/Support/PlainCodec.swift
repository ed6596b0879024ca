import Domain

/// Stores blocks as they are: use-case tests are not about compression.
struct PlainCodec: BlockCompression {
  static let name = "plain"

  func compress(_ bytes: Span<UInt8>, to output: inout [UInt8]) { output.append(bytes) }

  func decompress(_ bytes: Span<UInt8>, count: Int, to output: inout [UInt8]) throws(DecodingError) {
    guard bytes.count == count else { throw DecodingError(.corrupt, at: 0, "\(bytes.count) bytes for \(count)") }
    output.append(bytes)
  }
}

/// Not SHA-256: tests of use cases only need that other bytes give another digest.
struct PlainDigest: ObjectDigest {
  func sha256(_ bytes: Span<UInt8>) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 28)
    digest.append(uint32: CRC32C.checksum(bytes))
    return digest
  }
}
