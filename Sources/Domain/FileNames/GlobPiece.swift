/// A step of a `GlobProgram`.
enum GlobPiece: Hashable, Sendable {
  case byte(UInt8)
  /// `?`: one character, not a slash.
  case character
  /// `[a-z]`: one character of a set.
  case set(GlobSet)
  /// `*`: as many characters as possible, none too; no slash.
  case run
  /// `**/`: as few whole folders as possible, none too, with their slashes.
  case folders
  /// `{name}`: as many characters as possible, at least one; no slash. The number is that of the name.
  case name(Int)
}
