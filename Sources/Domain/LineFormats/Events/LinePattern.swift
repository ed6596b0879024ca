/// A compiled pattern for single lines. An adapter makes one of a regular expression.
package protocol LinePattern: Sendable {
  /// Whether the pattern is found in `line`, which has no line end.
  ///
  /// Called from several threads at a time; in time linear in the line's length.
  func matches(_ line: Span<UInt8>) -> Bool
}
