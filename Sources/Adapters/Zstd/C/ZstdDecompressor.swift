import Czstd
import Domain

/// One `ZSTD_DCtx`, to be used by one thread at a time (zstd.h, "Explicit context").
@safe
final class ZstdDecompressor {
  /// A block of a frame holds at most this much (RFC 8878, section 3.1.1.2.4) and takes at least three bytes, its header.
  private static let maximumBlockBytes = 131_072
  private static let minimumCompressedBlockBytes = 3

  private let context: OpaquePointer

  init() {
    guard let context = unsafe ZSTD_createDCtx() else { preconditionFailure("no memory for a zstd context") }
    unsafe self.context = unsafe context
  }

  deinit { unsafe ZSTD_freeDCtx(context) }

  /// Appends the `count` bytes of the one frame in `bytes`. Everything that can be is checked before memory is taken.
  func decompress(_ bytes: Span<UInt8>, count: Int, to output: inout [UInt8]) throws(DecodingError) {
    try check(bytes, count: count)
    let size = append(bytes, count: count, to: &output)
    guard ZSTD_isError(size) == 0 else {
      throw DecodingError(.corrupt, at: 0, "a zstd block is damaged: \(message(size))")
    }
    guard size == count else {
      throw DecodingError(.corrupt, at: 0, "a zstd block holds \(size) bytes, expected \(count)")
    }
  }

  /// - Returns: What `ZSTD_decompressDCtx` does; nothing is appended unless that is `count`.
  private func append(_ bytes: Span<UInt8>, count: Int, to output: inout [UInt8]) -> Int {
    var size = 0
    output.append(addingCapacity: count) { content in
      unsafe content.withUnsafeMutableBufferPointer { target, filled in
        size = unsafe bytes.withUnsafeBufferPointer { source in
          unsafe ZSTD_decompressDCtx(context, target.baseAddress, count, source.baseAddress, source.count)
        }
        filled = size == count ? count : 0
      }
    }
    return size
  }

  private func check(_ bytes: Span<UInt8>, count: Int) throws(DecodingError) {
    let (length, stated) = unsafe bytes.withUnsafeBufferPointer { source in
      unsafe (
        ZSTD_findFrameCompressedSize(source.baseAddress, source.count),
        ZSTD_getFrameContentSize(source.baseAddress, source.count)
      )
    }
    guard ZSTD_isError(length) == 0 else {
      throw DecodingError(.corrupt, at: 0, "a block of \(bytes.count) bytes is no whole zstd frame: \(message(length))")
    }
    guard length == bytes.count else {
      throw DecodingError(.corrupt, at: length, "\(bytes.count - length) bytes follow the zstd frame of a block")
    }
    guard count >= 0, stated == UInt64(count) else {
      throw DecodingError(.corrupt, at: 0, "a zstd block does not state the expected size of \(count) bytes")
    }
    // The two sizes may have been forged together: then the number of blocks gives them away.
    guard count / Self.maximumBlockBytes <= bytes.count / Self.minimumCompressedBlockBytes else {
      throw DecodingError(.corrupt, at: 0, "a zstd block of \(bytes.count) bytes cannot hold \(count)")
    }
  }

  private func message(_ code: Int) -> String { unsafe String(cString: ZSTD_getErrorName(code)) }
}
