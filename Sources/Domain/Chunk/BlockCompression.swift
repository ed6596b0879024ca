/// A codec for the blocks of a chunk. An adapter implements it; the format takes it as a generic parameter.
package protocol BlockCompression: Sendable {
  /// The name that the footer keeps: `zstd`, `gzip`.
  static var name: String { get }

  /// Appends the compressed form of `bytes` to `output`.
  ///
  /// Deterministic: the same bytes give the same result within one build.
  func compress(_ bytes: Span<UInt8>, to output: inout [UInt8])

  /// Appends exactly `count` decompressed bytes to `output`.
  ///
  /// - Throws: `.corrupt` if the bytes are not a compressed form of `count` bytes; never allocates more than `count`.
  func decompress(_ bytes: Span<UInt8>, count: Int, to output: inout [UInt8]) throws(DecodingError)
}
