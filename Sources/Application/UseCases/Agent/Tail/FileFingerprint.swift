import Domain

/// Checksum of a few bytes of a file: of its start, or of what lies before an offset.
struct FileFingerprint: Hashable, Sendable {
  /// How much is looked at. Enough for several lines with their times; little enough to be read again with every read.
  static let maximumBytes = 1_024

  /// 0 to `maximumBytes`.
  let length: Int
  /// CRC-32C.
  let checksum: UInt32

  init(length: Int, checksum: UInt32) {
    self.length = length
    self.checksum = checksum
  }

  /// Of the first bytes of `content`, the start of a file.
  init(start content: Span<UInt8>) {
    length = min(content.count, Self.maximumBytes)
    checksum = CRC32C.checksum(content.extracting(..<length))
  }

  /// Of the bytes before `end` of `content`, which holds the file from its start or at least `maximumBytes` before `end`.
  static func anchor(before end: Int, in content: Span<UInt8>) -> UInt32 {
    CRC32C.checksum(content.extracting(max(0, end - maximumBytes)..<end))
  }
}
