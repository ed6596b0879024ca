import Application
import Domain
import Transport

/// `cordwood.ingestor.v1.IngestorService` over the `EventIngest` port.
struct IngestService: Sendable {
  static let name = "cordwood.ingestor.v1.IngestorService"

  let ingest: any EventIngest
  let telemetry: any Telemetry
  let decoding: BatchDecoding
  let shutdown: ShutdownSignal
  let batchesInFlight: Int
  let bytesInFlight: Int

  var methods: [GRPCMethod] {
    [
      GRPCMethod("/cordwood.ingestor.v1.IngestorService/Push") { call in await push(call) },
      .unary("/cordwood.ingestor.v1.IngestorService/PushOnce") { (call, request) throws(GRPCStatus) in
        try await pushOnce(call, request)
      },
      .unary("/cordwood.ingestor.v1.IngestorService/Describe") { (call, _) throws(GRPCStatus) in
        try await terms(for: try tenant(of: call)).encoded
      },
    ]
  }

  private func push(_ call: GRPCCall) async -> GRPCStatus {
    do throws(GRPCStatus) {
      let tenant = try tenant(of: call)
      let terms = try await terms(for: tenant)
      try call.start()
      return await PushStream(service: self, call: call, tenant: tenant, terms: terms).run()
    } catch {
      return error
    }
  }

  private func pushOnce(_ call: GRPCCall, _ request: [UInt8]) async throws(GRPCStatus) -> [UInt8] {
    if shutdown.hasBegun { throw .shuttingDown }
    let tenant = try tenant(of: call)
    let terms = try await terms(for: tenant)
    let submission: BatchSubmission
    do throws(BatchFault) {
      submission = try await decoding.submission(
        request, tenant: tenant, terms: terms, traceParent: call.metadata["traceparent"] ?? "")
    } catch {
      telemetry.record(.batchRefused(tenant: tenant, reason: error.refusal))
      throw GRPCStatus(error)
    }
    let outcome: BatchOutcome
    do throws(EventIngestError) { outcome = try await ingest.ingest(submission) } catch { throw GRPCStatus(error) }
    if case .retryAfter(let duration, let reason) = outcome {
      throw GRPCStatus(.unavailable, reason, retryAfter: duration)
    }
    return PushOnceResponseMessage.encode(outcome)
  }

  private func tenant(of call: GRPCCall) throws(GRPCStatus) -> TenantID {
    do throws(GRPCStatus) { return try TenantID(metadata: call.metadata) } catch {
      telemetry.record(.batchRefused(tenant: nil, reason: .invalidTenant))
      throw error
    }
  }

  private func terms(for tenant: TenantID) async throws(GRPCStatus) -> IngestTerms {
    do throws(EventIngestError) { return try await ingest.terms(for: tenant) } catch { throw GRPCStatus(error) }
  }
}
