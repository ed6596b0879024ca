import Czlib
import Domain

/// One inflate stream that reads gzip members; to be used by one thread at a time (zlib FAQ 21).
@safe
final class Inflater {
  /// How far a call came.
  struct Progress {
    enum State {
      /// More input or more room is needed.
      case open
      /// The member ended and its checksum and length fit.
      case ended
      case damaged(reason: String)
    }

    let consumed: Int
    let produced: Int
    let state: State
  }

  // See `Deflater`.
  private let stream: UnsafeMutablePointer<z_stream>

  init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let status = unsafe inflateInit2_(
      stream, Deflater.gzipWindowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib could not start a stream: status \(status)")
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Makes ready for the beginning of a member.
  func reset() { unsafe inflateReset(stream) }

  /// Decompresses from the front of `bytes` until they or `room` are used up, or the member ends.
  ///
  /// - Parameter room: Bytes that are appended to `output` at most; what is allocated.
  func inflate(_ bytes: Span<UInt8>, room: Int, to output: inout [UInt8]) -> Progress {
    let offered = min(bytes.count, Int(UInt32.max))
    var status = Z_OK
    var produced = 0
    // At least one byte, since zlib refuses a null `next_out` even where nothing is to be written.
    output.append(addingCapacity: max(room, 1)) { content in
      unsafe content.withUnsafeMutableBufferPointer { target, filled in
        unsafe bytes.withUnsafeBufferPointer { source in
          // zlib does not write through `next_in`; its type lacks the `const` for historical reasons.
          unsafe stream.pointee.next_in = unsafe UnsafeMutablePointer(mutating: source.baseAddress)
          unsafe stream.pointee.avail_in = UInt32(offered)
          unsafe stream.pointee.next_out = target.baseAddress
          unsafe stream.pointee.avail_out = UInt32(clamping: room)
          status = unsafe Czlib.inflate(stream, Z_NO_FLUSH)
        }
        produced = unsafe Int(UInt32(clamping: room) - stream.pointee.avail_out)
        filled = produced
      }
    }
    let consumed = unsafe offered - Int(stream.pointee.avail_in)
    return Progress(consumed: consumed, produced: produced, state: state(status))
  }

  private func state(_ status: Int32) -> Progress.State {
    switch status {
    case Z_STREAM_END: .ended
    // Z_BUF_ERROR is no error: nothing could be done with what there was.
    case Z_OK, Z_BUF_ERROR: .open
    default: .damaged(reason: unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "status \(status)")
    }
  }
}
