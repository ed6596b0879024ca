import Domain

/// An object as the index stores it, without its chunks: about 140 bytes.
///
///     version (1 byte) · flush (16) · size (varint) · whether the SHA-256 is known (1), and it (32) · format version (1)
///     · codec (with its length) · chunks (varint) · key (the rest)
///
/// In the key, 32 hexadecimal digits are the byte 0x80 and 16 bytes; the flush id's are the byte 0x81.
struct ObjectEntry {
  private static let version: UInt8 = 1
  private static let identifierMark: UInt8 = 0x80
  private static let flushMark: UInt8 = 0x81

  let key: ObjectKey
  let flush: FlushID
  let size: Int
  let sha256: [UInt8]?
  let formatVersion: UInt8
  let codec: String
  let chunkCount: Int

  static func encoded(_ object: ObjectDescriptor) -> [UInt8] {
    var bytes: [UInt8] = [version]
    object.flush.value.append(to: &bytes)
    bytes.append(varint: UInt64(object.size))
    bytes.append(object.sha256 == nil ? 0 : 1)
    if let sha256 = object.sha256 { bytes.append(contentsOf: sha256) }
    bytes.append(object.formatVersion)
    bytes.append(lengthPrefixed: object.codec)
    bytes.append(varint: UInt64(object.chunks.count))
    append(object.key, of: object.flush, to: &bytes)
    return bytes
  }

  init(encoded bytes: Span<UInt8>) throws(DecodingError) {
    var cursor = ByteCursor(end: bytes.count)
    let found = try cursor.uint8(bytes)
    guard found == Self.version else {
      throw DecodingError(
        .unsupportedVersion, at: 0, "an object's entry has version \(found), this build reads \(Self.version)")
    }
    flush = FlushID(try Identifier128(bytes, at: &cursor))
    size = Int(clamping: try cursor.varint(bytes))
    sha256 = try cursor.uint8(bytes) == 0 ? nil : [UInt8](bytes.extracting(try cursor.take(32)))
    formatVersion = try cursor.uint8(bytes)
    codec = try cursor.text(bytes)
    chunkCount = Int(clamping: try cursor.varint(bytes))
    var text = ""
    while cursor.remaining > 0 {
      switch try cursor.uint8(bytes) {
      case Self.identifierMark: text += try Identifier128(bytes, at: &cursor).description
      case Self.flushMark: text += flush.value.description
      case let byte: text.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    guard let key = ObjectKey(text) else { throw DecodingError(.malformed, at: 0, "'\(text)' is not an object key") }
    self.key = key
  }

  func descriptor(_ chunks: [ChunkDescriptor]) -> ObjectDescriptor {
    ObjectDescriptor(
      key: key, flush: flush, size: size, sha256: sha256, formatVersion: formatVersion, codec: codec, chunks: chunks)
  }

  private static func append(_ key: ObjectKey, of flush: FlushID, to bytes: inout [UInt8]) {
    let text = Array(key.text.utf8)
    var place = 0
    while place < text.count {
      if place + 32 <= text.count, let identifier = lowercaseIdentifier(text[place..<(place + 32)]) {
        if identifier == flush.value {
          bytes.append(flushMark)
        } else {
          bytes.append(identifierMark)
          identifier.append(to: &bytes)
        }
        place += 32
      } else {
        bytes.append(text[place])
        place += 1
      }
    }
  }

  /// Nil unless all are digits as `description` writes them.
  private static func lowercaseIdentifier(_ text: ArraySlice<UInt8>) -> Identifier128? {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let letters = UInt8(ascii: "a")...UInt8(ascii: "f")
    guard text.allSatisfy({ digits.contains($0) || letters.contains($0) }) else { return nil }
    return Identifier128(hexadecimal: String(decoding: text, as: UTF8.self))
  }
}
