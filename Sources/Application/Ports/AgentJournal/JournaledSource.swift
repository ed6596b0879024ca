/// A source that the journal knows.
package struct JournaledSource: Hashable, Sendable {
  package let id: SourceID
  /// Where its newest entry ends, acknowledged or not: what lies before is cut for ever.
  package let end: SourceCheckpoint
  /// Whether all of its entries are acknowledged: the checkpoint is at `end`.
  package let isSettled: Bool

  package init(id: SourceID, end: SourceCheckpoint, isSettled: Bool) {
    self.id = id
    self.end = end
    self.isSettled = isSettled
  }
}
