/// Names a source by what it is, not by where it lies: a file's fingerprint, a content hash.
///
/// The limit leaves room for the longest path that Linux takes (PATH_MAX, 4,096 bytes) beside a fingerprint.
package struct SourceID: Hashable, Sendable, CustomStringConvertible {
  /// 1 to `maximumBytes` bytes.
  package let text: String

  package static let maximumBytes = 4_608

  /// Nil if `text` is empty or too long.
  package init?(_ text: String) {
    guard (1...Self.maximumBytes).contains(text.utf8.count) else { return nil }
    self.text = text
  }

  package var description: String { text }
}
