/// What an `EventReader` met that an operator may want to know of.
package struct EventReaderCounts: Hashable, Sendable {
  /// Events that ended before what belongs to them did, since it would have been too long.
  package var cutEvents = 0
  /// Events in which no time was found and that do not belong to one before: they have the time of their reading.
  package var eventsWithoutTime = 0

  package init() {}
}
