package import Domain

/// Some of the dead letters.
package struct DeadLetterPage: Hashable, Sendable {
  package let letters: [DeadLetter]
  /// Nil once the end is reached.
  package let next: UInt64?

  package init(letters: [DeadLetter], next: UInt64?) {
    self.letters = letters
    self.next = next
  }
}
