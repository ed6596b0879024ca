import Domain

/// Asks the server until there is an answer: for its terms, and to take a batch.
///
/// A batch is sent as the same bytes each time, with the age since it was first sent, until its outcome is known.
package struct DeliverBatch: Sendable {
  package enum Failure: Error, Hashable, Sendable {
    /// The server will never take it.
    case rejected(reason: String)
    case cancelled
  }

  private let sink: any BatchSink
  private let clock: any WallClock
  private let identifiers: any Identifiers
  private let progress: @Sendable (DeliveryProgress) -> Void

  package init(
    sink: any BatchSink, clock: any WallClock, identifiers: any Identifiers,
    progress: @escaping @Sendable (DeliveryProgress) -> Void
  ) {
    self.sink = sink
    self.clock = clock
    self.identifiers = identifiers
    self.progress = progress
  }

  /// - Returns: Any outcome but `.retryAfter`.
  package func callAsFunction(_ batch: JournaledBatch) async throws(Failure) -> BatchOutcome {
    var delay = RetryDelay()
    while true {
      do throws(BatchSinkError) {
        let age = max(clock.now().duration(since: batch.firstSent), .zero)
        let outcome = try await sink.send(batch.content, of: batch.stream, age: age)
        guard case .retryAfter(let duration, let reason) = outcome else { return outcome }
        try await wait(&delay, asked: duration, reason)
      } catch {
        try await wait(&delay, after: error)
      }
    }
  }

  func terms(for tenant: TenantID) async throws(DeliveryStop) -> IngestTerms {
    progress(.connecting)
    var delay = RetryDelay()
    while true {
      do throws(BatchSinkError) {
        let terms = try await sink.terms(for: tenant)
        progress(.connected)
        return terms
      } catch {
        do throws(Failure) { try await wait(&delay, after: error) } catch { throw DeliveryStop(failure: error) }
      }
    }
  }

  private func wait(_ delay: inout RetryDelay, after error: BatchSinkError) async throws(Failure) {
    switch error {
    case .unavailable(let retryAfter, let reason):
      do throws(BatchSinkError) { try await wait(&delay, asked: retryAfter, reason) } catch { throw .cancelled }
    case .rejected(let reason): throw .rejected(reason: reason)
    case .cancelled: throw .cancelled
    }
  }

  /// - Throws: `.cancelled` alone.
  private func wait(_ delay: inout RetryDelay, asked: Duration?, _ reason: String) async throws(BatchSinkError) {
    let duration = delay.next(asked: asked, random: identifiers.next().low)
    progress(.retrying(reason: reason, after: duration))
    do throws(CancellationError) { try await clock.sleep(for: duration) } catch { throw .cancelled }
  }
}
