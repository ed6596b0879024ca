/// What one flush changed in one window. Footers and commits carry changes, not whole windows, so that their size grows
/// with the batches of the flush.
package struct WindowChange: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    package let sequence: UInt64
    package let digest: UInt32

    package init(sequence: UInt64, digest: UInt32) {
      self.sequence = sequence
      self.digest = digest
    }
  }

  package let key: WindowKey
  /// The window had expired, or was not known: what is remembered of it is dropped first.
  package let startsAnew: Bool
  /// In the order in which they were taken; empty if batches were only refused or repeated.
  package let added: [Entry]
  package let lastAppend: Timestamp

  package init(key: WindowKey, startsAnew: Bool, added: [Entry], lastAppend: Timestamp) {
    self.key = key
    self.startsAnew = startsAnew
    self.added = added
    self.lastAppend = lastAppend
  }
}
