/// A record as the log holds it: an envelope of eight bytes around what it carries.
///
///     "CWR", version (1 byte), CRC-32C of the rest (4 bytes, little-endian), payload
///
/// The log stores and returns these bytes and need not know what is in them; `isIntact` lets it find a torn one.
package struct EncodedRecord: Hashable, Sendable {
  package static let version: UInt8 = 1
  package static let envelopeBytes = 8

  package let bytes: [UInt8]
  /// Its checksum was computed over these very bytes in this process, so summing them again would tell nothing.
  private let isSealedHere: Bool

  /// Bytes as they came from a log, of any kind: nothing is checked.
  package init(bytes: [UInt8]) {
    self.bytes = bytes
    isSealedHere = false
  }

  /// Wraps what is behind the first eight bytes of `bytes`, which the caller left free for the envelope.
  package init(sealing bytes: consuming [UInt8]) {
    precondition(bytes.count >= Self.envelopeBytes, "no room for the record's envelope")
    bytes[0] = UInt8(ascii: "C")
    bytes[1] = UInt8(ascii: "W")
    bytes[2] = UInt8(ascii: "R")
    bytes[3] = Self.version
    let checksum = CRC32C.checksum(bytes.span.extracting(Self.envelopeBytes...))
    bytes.replace(uint32: checksum, at: 4)
    self.bytes = bytes
    isSealedHere = true
  }

  package static func == (left: EncodedRecord, right: EncodedRecord) -> Bool { left.bytes == right.bytes }

  package func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

  /// Whether the envelope is ours and the checksum fits, whatever the version: a log keeps what a newer version wrote, and its
  /// owner makes a dead letter of it.
  package var isIntact: Bool {
    if isSealedHere { return true }
    return bytes.count >= Self.envelopeBytes && bytes.starts(with: "CWR".utf8) && isChecksumRight
  }

  private var isChecksumRight: Bool {
    let span = bytes.span
    return CRC32C.checksum(span.extracting(Self.envelopeBytes...)) == span.uint32(at: 4)
  }

  /// - Throws: What is wrong with the envelope: `.truncated`, `.malformed`, `.unsupportedVersion` or `.corrupt`.
  package func check() throws(DecodingError) {
    if isSealedHere { return }
    let span = bytes.span
    guard span.count >= Self.envelopeBytes else {
      throw DecodingError(.truncated, at: 0, "a record has \(span.count) bytes, its envelope alone has 8")
    }
    guard span[0] == UInt8(ascii: "C"), span[1] == UInt8(ascii: "W"), span[2] == UInt8(ascii: "R") else {
      throw DecodingError(.malformed, at: 0, "a record does not begin with 'CWR'")
    }
    guard span[3] <= Self.version, span[3] > 0 else {
      throw DecodingError(
        .unsupportedVersion, at: 3,
        "a record has version \(span[3]), this build reads 1-\(Self.version): upgrade the processor")
    }
    guard isChecksumRight else {
      throw DecodingError(.corrupt, at: 4, "a record's checksum does not fit its bytes")
    }
  }
}
