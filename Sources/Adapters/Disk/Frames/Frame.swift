import Domain

/// The 16 bytes in front of each frame's content: length (4), CRC-32C of what follows it and of the length (4), the position
/// below which the file was durable when the frame was written (8). Little-endian.
///
/// That position tells damage from the torn tail of a crash: damage lies below the mark of a later frame.
struct Frame: Sendable {
  static let headerBytes = 16

  /// Bytes of content.
  let length: Int
  let durableBelow: Int
  private let checksum: UInt32

  /// Nil if it cannot be a frame at `position` of a file.
  init?(_ bytes: Span<UInt8>, at start: Int, position: Int, limit: Int) {
    guard bytes.count - start >= Self.headerBytes else { return nil }
    length = Int(bytes.uint32(at: start))
    checksum = bytes.uint32(at: start + 4)
    let mark = bytes.uint64(at: start + 8)
    guard length <= limit, mark <= UInt64(position) else { return nil }
    durableBelow = Int(mark)
  }

  /// Header and content.
  var byteCount: Int { Self.headerBytes + length }

  /// Whether the content, which must be there whole, is what was written.
  func isIntact(_ bytes: Span<UInt8>, at start: Int) -> Bool {
    Self.checksum(bytes.extracting(start..<(start + byteCount))) == checksum
  }

  /// Whether a frame that ends where the bytes end is what was written, but for its length.
  func isIntactButForLength(_ bytes: Span<UInt8>) -> Bool {
    var length: [UInt8] = []
    length.append(uint32: UInt32(bytes.count - Self.headerBytes))
    var checksum = CRC32C()
    checksum.update(length.span)
    checksum.update(bytes.extracting(8...))
    return checksum.value == self.checksum
  }

  static func append(_ content: Span<UInt8>, durableBelow mark: Int, to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(uint32: UInt32(content.count))
    bytes.append(uint32: 0)
    bytes.append(uint64: UInt64(mark))
    bytes.append(content)
    bytes.replace(uint32: checksum(bytes.span.extracting(start...)), at: start + 4)
  }

  private static func checksum(_ frame: Span<UInt8>) -> UInt32 {
    var checksum = CRC32C()
    checksum.update(frame.extracting(0..<4))
    checksum.update(frame.extracting(8...))
    return checksum.value
  }
}
