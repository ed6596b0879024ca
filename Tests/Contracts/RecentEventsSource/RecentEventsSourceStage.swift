package import Application
package import Domain

/// The owner of a partition with the log before it and the objects behind it, fresh for each promise: an empty log and
/// nobody who reads it yet.
package protocol RecentEventsSourceStage: Sendable {
  var source: any RecentEventsSource { get }

  /// What `source` owns from `start` to `stop`.
  var partition: PartitionID { get }

  /// How long, by the test's own clock, something that must happen is waited for.
  var limit: Duration { get }

  /// Lets the source own its partition; returns once it answers.
  func start() async throws

  /// Ends that; what the source had in hand is committed on return, stalled or not.
  func stop() async throws

  /// Appends to the log of the partition; durable, and so below the log's end, on return.
  func append(_ record: EncodedRecord) async throws

  /// Keeps what is appended from now on away from the source, until `resumeReading`.
  func stallReading() async throws

  func resumeReading() async throws

  /// Starts to commit what the source has in hand; returns when that is under way, and it gets no further until
  /// `finishCommit`.
  func beginCommit() async throws

  /// Returns once the commit is done.
  func finishCommit() async throws

  /// Returns once `count` questions wait for what is kept away from the source.
  func waitForQuestions(_ count: Int) async throws

  /// Lets time pass for the source.
  func pass(_ duration: Duration) async throws

  /// Makes the source stop until an operator acts; returns once it did.
  func halt() async throws
}
