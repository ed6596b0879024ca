package import Domain

/// A dead letter as a queue holds it.
package struct KeptDeadLetter: Hashable, Sendable {
  /// Its number in the queue, at least 1: in the order in which letters were appended, never used again, the same after drops and
  /// restarts.
  package let position: UInt64
  package let letter: DeadLetter
  /// Nil if it was never replayed.
  package let replay: DeadLetterReplay?

  package init(position: UInt64, letter: DeadLetter, replay: DeadLetterReplay?) {
    self.position = position
    self.letter = letter
    self.replay = replay
  }
}
