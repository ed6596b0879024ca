/// One letter for one content, however often it arrives (DESIGN section 4, rule 11).
package enum DeadLetterID: Hashable, Sendable {
  /// A whole batch (`index` nil), or one event of it.
  case batch(WindowKey, sequence: UInt64, digest: UInt32, index: UInt32?)
  /// What cannot be decoded has no identity but its bytes: their CRC-32C and their number.
  case bytes(checksum: UInt32, count: Int)
}
