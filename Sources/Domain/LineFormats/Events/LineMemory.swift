/// What the reading of one file remembers from event to event; small, so that one `EventReader` can serve many files.
package struct LineMemory: Hashable, Sendable {
  /// Of the last event that had one: lines that belong to it and come later have it too.
  var time: Timestamp?
  /// Of the last event; the rest of a line that was cut has it too.
  var severity = Severity.unspecified
  /// The last event ended inside a line.
  var isInsideLine = false

  package init() {}
}
