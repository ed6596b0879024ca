import Application
import Domain
import TestSupport
import Testing

@testable import GRPCAdapter

@Suite(
  "A grpcio client with generated code", .timeLimit(.minutes(2)),
  .enabled(if: NeededService.isPythonThereOrRequired, "set CORDWOOD_TEST_PYTHON"))
struct PythonClientIntegrationTests {
  /// Accepts everything, but holds back what is sent for the service `held` until the call is cancelled.
  private struct Ingest: EventIngest {
    func terms(for tenant: TenantID) async throws(EventIngestError) -> IngestTerms { Samples.terms }

    func ingest(_ submission: BatchSubmission) async throws(EventIngestError) -> BatchOutcome {
      if submission.stream.service.text == "held" {
        _ = await SharedOutcome<Bool>().wait()
        throw .cancelled
      }
      return .accepted(
        isExactlyOnce: submission.producer != nil, retimed: 0, deadLetters: submission.rejections)
    }
  }

  @Test("unary, streams, refusals, deadline, cancellation, health")
  func checks() async throws {
    try await TestServer.run(Ingest()) { server in
      let output = try await PythonTool.run("client.py", [String(await server.port)])
      #expect(!output.contains("failed"), "\(output)")
    }
  }
}
