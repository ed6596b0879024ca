import Application
import BatchSinkContract
import Domain

@testable import GRPCAdapter

/// An ingestor that does what a test says and keeps what it got.
actor ScriptedIngest: EventIngest {
  private var script = BatchSinkStage.Script.answer { _ in .accepted(isExactlyOnce: true, retimed: 0, deadLetters: []) }
  private(set) var received: [BatchSubmission] = []
  private(set) var mostAtOnce = 0
  private var atOnce = 0
  private var release = SharedOutcome<Bool>()

  func change(to script: BatchSinkStage.Script) { self.script = script }

  /// Lets batches go on that are held: they are accepted.
  func releaseHeld() {
    release.resolve(true)
    release = SharedOutcome()
  }

  func terms(for tenant: TenantID) async throws(EventIngestError) -> IngestTerms { Samples.terms }

  func ingest(_ submission: BatchSubmission) async throws(EventIngestError) -> BatchOutcome {
    received.append(submission)
    atOnce += 1
    mostAtOnce = max(mostAtOnce, atOnce)
    defer { atOnce -= 1 }
    switch script {
    case .answer(let answer): return answer(submission)
    case .reject(let reason): throw .rejected(reason: reason)
    case .hold:
      guard await release.wait() == true else { throw .cancelled }
      return .accepted(isExactlyOnce: true, retimed: 0, deadLetters: [])
    }
  }
}
