package import Application
package import Domain

/// A small right `EventIngest` over memory, for the tests of doors and of the contract itself.
package actor ReferenceIngest: EventIngest {
  /// What it takes of a batch, before anything else.
  package enum Mood: Sendable {
    case takes
    case overloaded(Duration)
    case shuttingDown
  }

  package static let terms = IngestTerms(
    maximumBatchBytes: 1 << 20, maximumSingleEventBatchBytes: 2 << 20, eventLimits: EventLimits(), placementVersion: 2)

  private let now: @Sendable () -> Timestamp
  private var mood = Mood.takes
  /// All that was taken, oldest first.
  package private(set) var submissions: [BatchSubmission] = []

  /// - Parameter now: The time of receipt.
  package init(now: @escaping @Sendable () -> Timestamp) { self.now = now }

  package func change(to mood: Mood) { self.mood = mood }

  package func terms(for tenant: TenantID) async throws(EventIngestError) -> IngestTerms { Self.terms }

  package func ingest(_ submission: BatchSubmission) async throws(EventIngestError) -> BatchOutcome {
    if Task.isCancelled { throw .cancelled }
    switch mood {
    case .takes: break
    case .overloaded(let wait): return .retryAfter(wait, reason: "the reference is told to be overloaded")
    case .shuttingDown: throw .shuttingDown
    }
    let isSingle = submission.events.count + submission.rejections.count == 1
    let limit = isSingle ? Self.terms.maximumSingleEventBatchBytes : Self.terms.maximumBatchBytes
    guard submission.wireBytes <= limit else {
      throw .rejected(reason: "a batch of \(submission.wireBytes) bytes is over the limit of \(limit)")
    }
    guard submission.placement <= Self.terms.placementVersion else {
      throw .rejected(reason: "placement version \(submission.placement) is not known")
    }
    submissions.append(submission)
    let latest = now().advanced(by: .seconds(600)).nanoseconds
    let retimed = submission.events.timestamps.count { $0 < 0 || $0 > latest }
    return .accepted(
      isExactlyOnce: submission.producer != nil, retimed: retimed, deadLetters: submission.rejections)
  }

  /// The messages of a stream, batch by batch.
  package func messages(of stream: StreamID) -> [[[UInt8]]] {
    submissions.filter { $0.stream == stream }.map { submission in
      var start = 0
      return submission.events.messageEnds.map { end in
        defer { start = Int(end) }
        return Array(submission.events.messages[start..<Int(end)])
      }
    }
  }
}
