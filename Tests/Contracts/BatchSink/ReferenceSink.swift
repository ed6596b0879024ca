package import Application
package import Domain

/// A small right `BatchSink` without a wire, for the tests of the contract itself: contents are numbers of batches that
/// it remembers.
package actor ReferenceSink: BatchSink {
  package static let terms = IngestTerms(
    maximumBatchBytes: 1 << 20, maximumSingleEventBatchBytes: 2 << 20, eventLimits: EventLimits(), placementVersion: 2)

  package private(set) var received: [BatchSubmission] = []
  private var script = BatchSinkStage.Script.answer { _ in .accepted(isExactlyOnce: true, retimed: 0, deadLetters: []) }
  private var held: [Int: CheckedContinuation<BatchSinkError, Never>] = [:]
  private var nextHeld = 0
  private var isClosed = false

  package init() {}

  package func change(to script: BatchSinkStage.Script) { self.script = script }

  package nonisolated func terms(for tenant: TenantID) async throws(BatchSinkError) -> IngestTerms { Self.terms }

  package nonisolated func encode(_ batch: OutgoingBatch) -> [UInt8] { ReferenceEncoding.encode(batch) }

  package func send(
    _ content: [UInt8], of stream: StreamID, age: Duration
  ) async throws(BatchSinkError) -> BatchOutcome {
    if isClosed || Task.isCancelled { throw .cancelled }
    guard let submission = ReferenceEncoding.decode(content, stream.tenant, age: age) else {
      throw .rejected(reason: "these bytes are no batch")
    }
    received.append(submission)
    switch script {
    case .answer(let answer): return answer(submission)
    case .reject(let reason): throw .rejected(reason: reason)
    case .hold: throw await hold()
    }
  }

  /// What a broken connection does to those who wait.
  package func release(with error: BatchSinkError) {
    let waiting = held.values
    held = [:]
    for continuation in waiting { continuation.resume(returning: error) }
  }

  package func close() {
    isClosed = true
    release(with: .cancelled)
  }

  private func hold() async -> BatchSinkError {
    nextHeld += 1
    let id = nextHeld
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if Task.isCancelled { continuation.resume(returning: .cancelled) } else { held[id] = continuation }
      }
    } onCancel: {
      Task { await self.cancel(id) }
    }
  }

  private func cancel(_ id: Int) { held.removeValue(forKey: id)?.resume(returning: .cancelled) }
}
