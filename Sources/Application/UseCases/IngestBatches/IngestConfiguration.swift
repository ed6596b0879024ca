package import Domain

/// What an ingestor takes.
package struct IngestConfiguration: Hashable, Sendable {
  /// Bytes of a batch of several events on the wire.
  package var maximumBatchBytes = 1 << 20
  /// Bytes of a batch of one event.
  package var maximumSingleEventBatchBytes = 2 << 20
  package var eventLimits = EventLimits()
  /// Events older than this get the time of receipt, unless the sender asks for no limit. The tenant's retention.
  package var maximumEventAge = Duration.seconds(30 * 86_400)
  /// Events further ahead than this get the time of receipt: clocks that are wrong would else rule every newest page.
  package var maximumEventLead = Duration.seconds(600)
  /// Streams (services) that one tenant may have; a batch that would begin another goes to the dead letters.
  package var maximumStreams = 10_000
  /// What senders wait while the log is an older copy of itself: an operator is slower than that.
  package var setbackRetryAfter = Duration.seconds(10)

  package init() {}
}
