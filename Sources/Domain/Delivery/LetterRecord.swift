/// What a queue of dead letters writes down: each of its backends as an entry of its own file or topic.
package enum LetterRecord: Hashable, Sendable {
  case letter(UInt64, DeadLetter)
  /// In place of an earlier one of the same letter.
  case replay(UInt64, DeadLetterReplay)
  /// With its id, so that the queue can be read once from front to back.
  case dropped(UInt64, DeadLetterID)
  /// Numbers below it were used, also those of letters that are gone.
  case nextNumber(UInt64)
}
