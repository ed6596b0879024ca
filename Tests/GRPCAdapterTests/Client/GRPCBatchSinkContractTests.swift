import BatchSinkContract
import InProcessAdapter
import Testing

@testable import GRPCAdapter

@Suite("The gRPC batch sink, over a socket", .timeLimit(.minutes(1)))
struct GRPCBatchSinkContractTests {
  @Test("keeps the port's promises", arguments: BatchSinkPromise.allCases)
  func keeps(_ promise: BatchSinkPromise) async throws {
    let ingest = ScriptedIngest()
    try await TestServer.run(ingest) { server in
      let sink = GRPCBatchSink(
        configuration: GRPCBatchSinkConfiguration(servers: [await server.address]), loop: server.loop,
        clock: SystemClock())
      let stage = BatchSinkStage(
        sink: sink, terms: Samples.terms, received: { await ingest.received },
        script: { script in await ingest.change(to: script) },
        breakConnections: { try? await server.breakConnections() }, close: { await sink.close() })
      try await promise.check(on: stage)
      await sink.close()
    }
  }
}
