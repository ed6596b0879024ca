/// The frame around the chunks of an object (`FORMAT.md`).
package enum ObjectFormat {
  package static let version: UInt8 = 1
  static let headerBytes = 8
  /// Bytes at the end of an object that say where its footer begins.
  package static let trailerBytes = 16

  private static let magic: [UInt8] = Array("CWD".utf8)
  private static let endMagic: [UInt8] = Array("CWDE".utf8)

  /// Lays out an object: header, chunks one after the other, footer, trailer.
  ///
  /// - Parameter chunks: With the bucket of each; may be empty, for an object that only covers a range.
  /// - Returns: The bytes, and the chunks as they lie in them.
  package static func encode(
    _ chunks: [(chunk: EncodedChunk, bucket: TimeBucket)], codec: String, record: FlushRecord
  ) -> (bytes: [UInt8], chunks: [ChunkDescriptor]) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(chunks.reduce(4_096) { $0 + $1.chunk.bytes.count })
    bytes.append(contentsOf: magic)
    bytes.append(version)
    bytes.append(uint32: 0)
    var descriptors: [ChunkDescriptor] = []
    for (chunk, bucket) in chunks {
      descriptors.append(chunk.descriptor(at: bytes.count, bucket: bucket))
      bytes.append(contentsOf: chunk.bytes)
    }
    let start = bytes.count
    ObjectFooter(codec: codec, chunks: descriptors, record: record).append(to: &bytes)
    let length = bytes.count - start
    let checksum = CRC32C.checksum(bytes.span.extracting(start..<bytes.count))
    bytes.append(uint32: UInt32(length))
    bytes.append(uint32: checksum)
    bytes.append(uint32: UInt32(version))
    bytes.append(contentsOf: endMagic)
    return (bytes, descriptors)
  }

  /// Where the footer lies, from an object's last 16 bytes.
  ///
  /// - Parameter size: Bytes of the whole object.
  /// - Throws: If these are not an object's last bytes, or of a version that this build does not read.
  package static func footerRange(trailer: Span<UInt8>, size: Int) throws(DecodingError) -> Range<Int> {
    guard trailer.count == trailerBytes, size >= headerBytes + trailerBytes else {
      throw DecodingError(.truncated, at: 0, "an object of \(size) bytes is cut off")
    }
    for (offset, byte) in endMagic.enumerated() where trailer[12 + offset] != byte {
      throw DecodingError(.malformed, at: size - 4, "an object does not end with 'CWDE': it is cut off or none of ours")
    }
    let found = trailer.uint32(at: 8)
    guard found == UInt32(version) else {
      throw DecodingError(
        .unsupportedVersion, at: size - 8,
        "an object has format \(found), this build reads \(version): upgrade the service that reads it")
    }
    let length = Int(trailer.uint32(at: 0))
    guard length <= size - headerBytes - trailerBytes else {
      throw DecodingError(.malformed, at: size - trailerBytes, "an object's footer of \(length) bytes does not fit it")
    }
    return (size - trailerBytes - length)..<(size - trailerBytes)
  }

  /// - Parameters:
  ///   - bytes: What `footerRange` says.
  package static func footer(_ bytes: Span<UInt8>, trailer: Span<UInt8>) throws(DecodingError) -> ObjectFooter {
    guard CRC32C.checksum(bytes) == trailer.uint32(at: 4) else {
      throw DecodingError(.corrupt, at: 0, "an object footer's checksum does not fit its bytes")
    }
    return try ObjectFooter(bytes)
  }

  /// The footer of an object that is in memory as a whole, whose header is looked at too.
  package static func footer(of object: [UInt8]) throws(DecodingError) -> ObjectFooter {
    let span = object.span
    let trailer = span.extracting(max(0, span.count - trailerBytes)..<span.count)
    let range = try footerRange(trailer: trailer, size: span.count)
    guard object.prefix(headerBytes).elementsEqual(magic + [version, 0, 0, 0, 0]) else {
      throw DecodingError(.malformed, at: 0, "an object does not begin with 'CWD' and its format, \(version)")
    }
    return try footer(span.extracting(range), trailer: trailer)
  }
}
