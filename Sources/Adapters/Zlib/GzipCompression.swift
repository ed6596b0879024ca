package import Domain
import Threads

/// Gzip (RFC 1952): one member a block, without name and time.
package struct GzipCompression: BlockCompression {
  package static let name = "gzip"

  /// The library's own default.
  package static let defaultLevel = 6

  package static let levels = 0...9

  /// Unused streams kept in each direction: 268 KB a compressor, 44 KB a decompressor.
  private static let keptStreams = 4

  /// Deflate reaches 258 bytes for two bits at best (RFC 1951, section 3.2.5).
  private static let maximumRatio = 1_032

  /// Ten bytes of header, eight of trailer, and the two of an empty block.
  private static let minimumBytes = 20

  private let deflaters: ReusePool<Deflater>
  private let inflaters = ReusePool(keeping: keptStreams) { Inflater() }

  /// - Parameter level: One of `levels`; settings are checked before they come here.
  package init(level: Int = defaultLevel) {
    precondition(Self.levels.contains(level), "gzip has no compression level \(level)")
    deflaters = ReusePool(keeping: Self.keptStreams) { Deflater(level: Int32(level)) }
  }

  package func compress(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
    deflaters.withElement { $0.compress(bytes, to: &output) }
  }

  package func decompress(_ bytes: Span<UInt8>, count: Int, to output: inout [UInt8]) throws(DecodingError) {
    try check(bytes, count: count)
    let start = output.count
    let progress = inflaters.withElement { inflater in
      inflater.reset()
      return inflater.inflate(bytes, room: count, to: &output)
    }
    guard case .ended = progress.state, progress.produced == count, progress.consumed == bytes.count else {
      output.removeSubrange(start...)
      throw damage(progress, of: bytes.count, expected: count)
    }
  }

  /// Before memory is taken: the trailer names the size of the content (modulo 4 GiB), and there is a best ratio.
  private func check(_ bytes: Span<UInt8>, count: Int) throws(DecodingError) {
    guard bytes.count >= Self.minimumBytes else {
      throw DecodingError(.corrupt, at: 0, "a block of \(bytes.count) bytes is no whole gzip member")
    }
    guard (0...Int(UInt32.max)).contains(count), bytes.uint32(at: bytes.count - 4) == UInt32(count) else {
      throw DecodingError(
        .corrupt, at: bytes.count - 4, "a gzip block does not state the expected size of \(count) bytes")
    }
    guard count / Self.maximumRatio <= bytes.count else {
      throw DecodingError(.corrupt, at: 0, "a gzip block of \(bytes.count) bytes cannot hold \(count)")
    }
  }

  private func damage(_ progress: Inflater.Progress, of total: Int, expected count: Int) -> DecodingError {
    switch progress.state {
    case .damaged(let reason):
      DecodingError(.corrupt, at: progress.consumed, "a gzip block is damaged: \(reason)")
    case .open where progress.produced == count:
      DecodingError(.corrupt, at: progress.consumed, "a gzip block does not end after \(count) bytes of content")
    case .open:
      DecodingError(.corrupt, at: progress.consumed, "a gzip block ends after \(progress.produced) of \(count) bytes")
    case .ended where progress.consumed < total:
      DecodingError(
        .corrupt, at: progress.consumed, "\(total - progress.consumed) bytes follow the gzip member of a block")
    case .ended:
      DecodingError(.corrupt, at: progress.consumed, "a gzip block holds \(progress.produced) bytes, expected \(count)")
    }
  }
}
