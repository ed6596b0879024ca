import Domain

/// What a frame of the letters' file says.
enum LetterRecord: Hashable, Sendable {
  case letter(UInt64, DeadLetter)
  /// In place of an earlier one of the same letter.
  case replay(UInt64, DeadLetterReplay)
  /// With its id, so that the file can be read once from front to back.
  case dropped(UInt64, DeadLetterID)
  /// Numbers below it were used, also those of letters that are gone from the file.
  case nextNumber(UInt64)
}
