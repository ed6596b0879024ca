package import Domain

/// Stores blocks as they are, for tests that are not about compression.
package struct PlainCodec: BlockCompression {
  package static let name = "plain"

  package init() {}

  package func compress(_ bytes: Span<UInt8>, to output: inout [UInt8]) { output.append(bytes) }

  package func decompress(_ bytes: Span<UInt8>, count: Int, to output: inout [UInt8]) throws(DecodingError) {
    guard bytes.count == count else { throw DecodingError(.corrupt, at: 0, "\(bytes.count) bytes for \(count)") }
    output.append(bytes)
  }
}
