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

  /// No block is larger, stored or decoded: a message has at most 2 MiB, a group two of them or 2 MiB of small ones, and
  /// attributes at most as much as a batch.
  static let maximumBytes: UInt64 = 64 << 20

  package let storedBytes: Int
  package let rawBytes: Int
  /// CRC-32C of the stored bytes.
  package let checksum: UInt32
}
