/// One column of a row group, compressed by itself.
package struct RowGroupBlock: Hashable, Sendable {
  package enum Kind: Int, CaseIterable, Sendable {
    /// Times, as differences from the row before.
    case timestamps
    /// Producer, sequence and index, as runs.
    case origins
    /// Severity numbers and texts.
    case severities
    case messageLengths
    case messages
    /// Resource runs, attribute lengths, attributes.
    case attributes
    /// Flags, trace ids, span ids, original timestamps.
    case traces
  }

  /// No block is larger, stored or decoded. Writers stay far below: `ChunkWriter` ends a group at 2 MiB of messages and
  /// 4 MiB of attributes, or with a single event of up to 4 MiB.
  static let maximumBytes: UInt64 = 64 << 20

  package let storedBytes: Int
  package let rawBytes: Int
  /// CRC-32C of the stored bytes.
  package let checksum: UInt32
}
