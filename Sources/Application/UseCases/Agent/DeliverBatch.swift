import Domain

/// Sends one batch until its outcome is known: the same bytes each time, with the age since they were first sent.
package struct DeliverBatch: Sendable {
  package enum Failure: Error, Hashable, Sendable {
    /// The server will never take it.
    case rejected(reason: String)
    case cancelled
  }

  private let sink: any BatchSink
  private let clock: any WallClock
  private let identifiers: any Identifiers
  private let onRetry: @Sendable (_ reason: String, _ delay: Duration) -> Void

  /// - Parameter onRetry: Told before each wait.
  package init(
    sink: any BatchSink, clock: any WallClock, identifiers: any Identifiers,
    onRetry: @escaping @Sendable (_ reason: String, _ delay: Duration) -> Void
  ) {
    self.sink = sink
    self.clock = clock
    self.identifiers = identifiers
    self.onRetry = onRetry
  }

  /// - Returns: Any outcome but `.retryAfter`.
  package func callAsFunction(_ batch: JournaledBatch) async throws(Failure) -> BatchOutcome {
    var delay = RetryDelay()
    while true {
      let asked: Duration?
      let trouble: String
      do throws(BatchSinkError) {
        let age = max(clock.now().duration(since: batch.firstSent), .zero)
        let outcome = try await sink.send(batch.content, of: batch.stream, age: age)
        guard case .retryAfter(let duration, let reason) = outcome else { return outcome }
        asked = duration
        trouble = reason
      } catch {
        switch error {
        case .unavailable(let retryAfter, let reason):
          asked = retryAfter
          trouble = reason
        case .rejected(let reason): throw .rejected(reason: reason)
        case .cancelled: throw .cancelled
        }
      }
      let wait = delay.next(asked: asked, random: identifiers.next().low)
      onRetry(trouble, wait)
      do throws(CancellationError) { try await clock.sleep(for: wait) } catch { throw .cancelled }
    }
  }
}
