package import Application
package import Domain
package import Transport

/// Sends batches to one of several ingestors over `cordwood.ingestor.v1`: one connection, one Push stream a tenant.
///
/// When a stream breaks, or an answer does not come in time, every `send` that waits throws `.unavailable`; the next one
/// connects anew, to the next server. `close` must be called and awaited before the loop is stopped; afterwards all
/// calls throw `.cancelled`.
package final class GRPCBatchSink: BatchSink {
  /// What the server takes as one message (4 MiB): longer contents are no batches of ours.
  private static let maximumContentBytes = (4 << 20) - 64

  private let configuration: GRPCBatchSinkConfiguration
  private let clock: any WallClock
  private let connection: IngestorConnection
  private let unanswered: @Sendable (String) -> Void

  /// - Parameters:
  ///   - loop: Carries the connection; started, and stopped only after `close`.
  ///   - chance: A number from 0 to 1, for the choice of the first server and for jitter.
  ///   - unanswered: Told, after each attempt, why no server has said its terms yet.
  package init(
    configuration: GRPCBatchSinkConfiguration, loop: EventLoop, clock: any WallClock,
    chance: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
    unanswered: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.configuration = configuration
    self.clock = clock
    self.unanswered = unanswered
    connection = IngestorConnection(configuration: configuration, loop: loop, clock: clock, chance: chance)
  }

  package func terms(for tenant: TenantID) async throws(BatchSinkError) -> IngestTerms {
    while true {
      do throws(BatchSinkError) { return try await describe(for: tenant) } catch {
        // The connection waits before the next attempt.
        guard case .unavailable(_, let reason) = error else { throw error }
        if Task.isCancelled { throw .cancelled }
        unanswered(reason)
      }
    }
  }

  package func encode(_ batch: OutgoingBatch) -> [UInt8] { BatchWriter.encode(batch) }

  package func send(
    _ content: [UInt8], of stream: StreamID, age: Duration
  ) async throws(BatchSinkError) -> BatchOutcome {
    let firstSent = clock.elapsed() - age
    guard content.count <= Self.maximumContentBytes else {
      throw .rejected(reason: "a batch of \(content.count) bytes is over the limit of \(Self.maximumContentBytes)")
    }
    guard let identity = BatchIdentity(batch: content.span) else {
      throw .rejected(reason: "these bytes are no encoded batch")
    }
    let session = try await connection.session(for: stream.tenant)
    return try await session.send(identity, SendFrame(content: content, firstSent: firstSent))
  }

  /// Ends all streams and the connection; whoever waits gets `.cancelled`.
  package func close() async { await connection.close() }

  private func describe(for tenant: TenantID) async throws(BatchSinkError) -> IngestTerms {
    let connected = try await connection.client()
    let head = ClientRequest.head(
      "/\(IngestService.name)/Describe", to: connected.server, tenant: tenant, timeout: configuration.describeDeadline)
    let deadline = configuration.describeDeadline
    let outcome = await clock.result(within: deadline) { () async -> Result<[UInt8], GRPCStatus> in
      do throws(GRPCStatus) { return .success(try await ClientRequest.unary([], head, on: connected.client)) } catch {
        return .failure(error)
      }
    }
    if Task.isCancelled { throw .cancelled }
    let answer = outcome ?? .failure(GRPCStatus(.deadlineExceeded, "no answer within \(deadline)"))
    do throws(GRPCStatus) {
      let message = try answer.get()
      await connection.succeeded(on: connected.client)
      do throws(DecodingError) { return try IngestTerms(describeResponse: message.span) } catch {
        throw GRPCStatus(.internalError, error.description)
      }
    } catch {
      await connection.failed(on: connected.client)
      throw BatchSinkError(error)
    }
  }
}
