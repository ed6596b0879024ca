package import Domain

/// What of a source was passed over since it has been imported already.
package struct SkippedContent: Sendable {
  package private(set) var bytes: UInt64 = 0
  package private(set) var checksum = CRC32C()
  /// Lines that ended in it.
  package private(set) var lines = 0

  package init() {}

  package mutating func pass(_ content: Span<UInt8>) {
    bytes += UInt64(content.count)
    checksum.update(content)
    for offset in 0..<content.count where content[offset] == UInt8(ascii: "\n") { lines += 1 }
  }

  package var checkpoint: SourceCheckpoint { SourceCheckpoint(offset: bytes, checksum: checksum.value) }
}
