/// Which lines belong to the event before them.
///
/// Joined with a line feed, whatever the line ends were. Blank lines belong to an event only where another line of it
/// follows. A JSON line never belongs to another event, and nothing is joined to it.
package enum MultilineRule: Sendable {
  /// Lines that are indented, and the others that stack traces have: `ContinuationRule` lists them.
  case indentation
  /// All lines that the pattern does not match.
  case start(any LinePattern)
}
