package import Domain
import Threads

/// Zstandard (RFC 8878): one frame a block, with its content's size and an XXH64 checksum.
package struct ZstdCompression: BlockCompression {
  package static let name = "zstd"

  /// README.md in this folder has the measurements.
  package static let defaultLevel = 3

  /// What the library takes: at 22 one context needs hundreds of megabytes, below 0 it trades ratio for speed.
  package static let levels = ZstdCompressor.levels

  /// Unused contexts kept in each direction. A compressor at level 1 to 3 holds 1 to 4 MB, a decompressor 160 KB; as many
  /// as there are threads in the pools that build and scan chunks are used at a time.
  private static let keptContexts = 4

  private let compressors: ReusePool<ZstdCompressor>
  private let decompressors: ReusePool<ZstdDecompressor>

  /// - Parameter level: One of `levels`; settings are checked before they come here.
  package init(level: Int = defaultLevel) {
    precondition(Self.levels.contains(level), "zstd has no compression level \(level)")
    compressors = ReusePool(keeping: Self.keptContexts) { ZstdCompressor(level: Int32(level)) }
    decompressors = ReusePool(keeping: Self.keptContexts) { ZstdDecompressor() }
  }

  package func compress(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
    compressors.withElement { $0.compress(bytes, to: &output) }
  }

  package func decompress(_ bytes: Span<UInt8>, count: Int, to output: inout [UInt8]) throws(DecodingError) {
    try decompressors.withElement { (decompressor) throws(DecodingError) in
      try decompressor.decompress(bytes, count: count, to: &output)
    }
  }
}
