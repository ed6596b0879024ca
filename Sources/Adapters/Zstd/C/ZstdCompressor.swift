import Czstd

/// One `ZSTD_CCtx`, to be used by one thread at a time (zstd.h, "Explicit context"): it keeps its tables between calls.
@safe
final class ZstdCompressor {
  private let context: OpaquePointer

  /// - Parameter level: One that the library knows; checked by `ZstdCompression`.
  init(level: Int32) {
    guard let context = unsafe ZSTD_createCCtx() else { preconditionFailure("no memory for a zstd context") }
    unsafe self.context = unsafe context
    unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    // Without the checksum a flipped bit in a literal would decompress to other text without an error.
    unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
  }

  deinit { unsafe ZSTD_freeCCtx(context) }

  /// Appends one frame, which names its content's size, to `output`.
  func compress(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
    let bound = ZSTD_compressBound(bytes.count)
    output.append(addingCapacity: bound) { frame in
      unsafe frame.withUnsafeMutableBufferPointer { target, filled in
        let size = unsafe bytes.withUnsafeBufferPointer { source in
          unsafe ZSTD_compress2(context, target.baseAddress, target.count, source.baseAddress, source.count)
        }
        // The target has room for the worst case, and the parameters were taken: nothing is left that could fail.
        precondition(ZSTD_isError(size) == 0, "zstd could not compress into a buffer of the size that it asked for")
        filled = size
      }
    }
  }

  static var levels: ClosedRange<Int> { Int(ZSTD_minCLevel())...Int(ZSTD_maxCLevel()) }
}
