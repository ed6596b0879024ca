/// Some of the dead letters.
package struct DeadLetterPage: Hashable, Sendable {
  package let letters: [KeptDeadLetter]
  /// Where the next page begins; nil once the end is reached.
  package let next: UInt64?

  package init(letters: [KeptDeadLetter], next: UInt64?) {
    self.letters = letters
    self.next = next
  }
}
