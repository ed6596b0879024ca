import Czlib

/// One deflate stream that writes gzip members; to be used by one thread at a time (zlib FAQ 21).
@safe
final class Deflater {
  /// What a call takes: `avail_in` has 32 bits.
  static let maximumBytes = Int(UInt32.max)
  /// Fifteen bits of window, the largest, plus 16 for the gzip wrapper (zlib.h, `deflateInit2`).
  static let gzipWindowBits: Int32 = 15 + 16
  /// The library's default (zlib.h, `deflateInit2`): 128 KB a stream.
  private static let memoryLevel: Int32 = 8

  // zlib's state points back at its `z_stream`, so that one must not move: a class property could.
  private let stream: UnsafeMutablePointer<z_stream>

  /// - Parameter level: 0 to 9; checked by `GzipCompression`.
  init(level: Int32) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let status = unsafe deflateInit2_(
      stream, level, Z_DEFLATED, Self.gzipWindowBits, Self.memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib could not start a stream: status \(status)")
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Appends one gzip member, without name and time, to `output`.
  func compress(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
    precondition(bytes.count <= Self.maximumBytes, "zlib compresses at most 4 GiB at once")
    unsafe deflateReset(stream)
    let bound = unsafe Int(deflateBound(stream, UInt(bytes.count)))
    output.append(addingCapacity: bound) { member in
      unsafe member.withUnsafeMutableBufferPointer { target, filled in
        unsafe bytes.withUnsafeBufferPointer { source in
          // zlib does not write through `next_in`; its type lacks the `const` for historical reasons.
          unsafe stream.pointee.next_in = unsafe UnsafeMutablePointer(mutating: source.baseAddress)
          unsafe stream.pointee.avail_in = UInt32(source.count)
          unsafe stream.pointee.next_out = target.baseAddress
          unsafe stream.pointee.avail_out = UInt32(clamping: target.count)
          let status = unsafe deflate(stream, Z_FINISH)
          precondition(status == Z_STREAM_END, "zlib could not compress into a buffer of the size that it asked for")
        }
        filled = unsafe Int(stream.pointee.total_out)
      }
    }
  }
}
