import Application
import Domain
import Threads

/// Decodes requests: small ones where the call runs, large ones on the worker threads.
struct BatchDecoding: Sendable {
  let offLoopBytes: Int
  let workers: ThreadPool

  func submission(
    _ message: [UInt8], tenant: TenantID, terms: IngestTerms, traceParent: String = ""
  ) async throws(BatchFault) -> BatchSubmission {
    let decode: @Sendable () throws(BatchFault) -> BatchSubmission = { () throws(BatchFault) in
      try BatchSubmission(pushRequest: message.span, tenant: tenant, terms: terms, traceParent: traceParent)
    }
    return message.count < offLoopBytes ? try decode() : try await workers.run(decode)
  }
}
