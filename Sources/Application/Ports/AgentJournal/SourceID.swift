/// Names a source by what it is, not by where it lies: a file's fingerprint, a content hash.
package struct SourceID: Hashable, Sendable, CustomStringConvertible {
  /// 1 to 256 bytes.
  package let text: String

  /// Nil if `text` is empty or too long.
  package init?(_ text: String) {
    guard (1...256).contains(text.utf8.count) else { return nil }
    self.text = text
  }

  package var description: String { text }
}
