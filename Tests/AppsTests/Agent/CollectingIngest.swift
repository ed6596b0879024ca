import Application
import Domain
import InProcessAdapter
import Threads

/// An ingestor that keeps each event once, by the rules of the sequence window, in memory.
final class CollectingIngest: EventIngest {
  private struct BatchName: Hashable {
    let producer: ProducerID
    let stream: StreamID
    let sequence: UInt64
  }

  private struct State {
    var windows: [WindowKey: SequenceWindow] = [:]
    var messages: [String: [String]] = [:]
    var batches = 0
    var traceParents: [BatchName: Set<String>] = [:]
  }

  private let state = Lock(State())
  private let clock = SystemClock()

  /// By service, in the order in which they were taken.
  var messages: [String: [String]] { state.withLock { $0.messages } }
  /// Batches that came, repeated ones too.
  var batches: Int { state.withLock { $0.batches } }

  /// What each batch that came said in `traceparent`: of one that came several times, all that it ever said.
  var traceParents: [Set<String>] { state.withLock { Array($0.traceParents.values) } }

  func terms(for tenant: TenantID) throws(EventIngestError) -> IngestTerms {
    IngestTerms(
      maximumBatchBytes: 1 << 20, maximumSingleEventBatchBytes: 2 << 20, eventLimits: EventLimits(), placementVersion: 1
    )
  }

  func ingest(_ submission: BatchSubmission) throws(EventIngestError) -> BatchOutcome {
    guard let producer = submission.producer else { throw .rejected(reason: "an agent has a producer id") }
    let events = submission.events
    state.withLock { state in
      state.batches += 1
      let name = BatchName(producer: producer, stream: submission.stream, sequence: submission.sequence)
      state.traceParents[name, default: []].insert(submission.traceParent)
      let key = WindowKey(producer: producer, stream: submission.stream)
      let now = clock.now()
      let verdict = state.windows[key, default: SequenceWindow()].judge(
        sequence: submission.sequence, digest: submission.digest, firstSent: now, appended: now)
      guard verdict == .taken else { return }
      var start = 0
      for end in events.messageEnds {
        let message = String(decoding: events.messages[start..<Int(end)], as: UTF8.self)
        state.messages[submission.stream.service.text, default: []].append(message)
        start = Int(end)
      }
    }
    return .accepted(isExactlyOnce: true, retimed: 0, deadLetters: submission.rejections)
  }
}
