import Composition
import Testing

@testable import cordwood_agent

@Suite("cordwood-agent generate", .timeLimit(.minutes(1)))
struct AgentGenerateTests {
  @Test("sends so many events and says how fast")
  func count() async throws {
    let ingest = CollectingIngest()
    let agent = try AgentRun()
    try await IngestServer.run(ingest) { server in
      let result = try await agent.run("generate", "--count", "12000", "--seed", "1", port: server.port)
      #expect(result.status == .done && result.output.hasPrefix("12,000 events accepted in "), "\(result)")
    }
    #expect(ingest.messages.count == 6 && ingest.messages.values.reduce(0) { $0 + $1.count } == 12_000)
    ingest.expectTraces()
  }

  @Test("ends well when it is stopped and had no count")
  func endless() async throws {
    let ingest = CollectingIngest()
    let agent = try AgentRun()
    try await IngestServer.run(ingest) { server in
      let run = Task { try await agent.run("generate", "--rate", "1000", "--service", "my-service", port: server.port) }
      while ingest.batches < 3 { await Task.yield() }
      run.cancel()
      let result = try await run.value
      #expect(result.status == .done, "\(result)")
    }
    #expect(ingest.messages.keys.sorted() == ["my-service"])
  }
}
