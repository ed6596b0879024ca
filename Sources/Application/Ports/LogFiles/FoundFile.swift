/// A file as it was seen.
package struct FoundFile: Hashable, Sendable {
  /// Why a file that a pattern matches is not for reading.
  package enum Obstacle: Hashable, Sendable {
    /// A compressed file (by its first bytes, or its name): an old one that was read before it was packed.
    case compressed
    case unreadable(reason: String)
  }

  package let identity: FileIdentity
  /// Absolute, without links in its folders resolved: as a person would name it.
  package let path: String
  /// Bytes.
  package let size: UInt64
  /// Whether a pattern matches its present name; false for one that is only `known`.
  package let isMatched: Bool
  package let obstacle: Obstacle?

  package init(identity: FileIdentity, path: String, size: UInt64, isMatched: Bool, obstacle: Obstacle? = nil) {
    self.identity = identity
    self.path = path
    self.size = size
    self.isMatched = isMatched
    self.obstacle = obstacle
  }
}
