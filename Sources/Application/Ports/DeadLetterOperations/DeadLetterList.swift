/// A page of dead letters.
package struct DeadLetterList: Hashable, Sendable {
  /// In the order in which they became dead letters.
  package let letters: [DeadLetterSummary]
  /// Where the next page begins; nil at the end. A page may be short, even empty, and still have one.
  package let next: UInt64?

  package init(letters: [DeadLetterSummary], next: UInt64?) {
    self.letters = letters
    self.next = next
  }
}
