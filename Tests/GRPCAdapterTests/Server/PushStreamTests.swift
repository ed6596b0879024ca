import Application
import BatchSinkContract
import Domain
import InMemoryAdapter
import InProcessAdapter
import Testing
import Transport

@testable import GRPCAdapter

@Suite("Push over a socket", .timeLimit(.minutes(1)))
struct PushStreamTests {
  /// Waits until `condition` holds; gives up after ten seconds.
  private func until(_ what: String, _ condition: () async -> Bool) async throws {
    for _ in 0..<1000 {
      if await condition() { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record("\(what): not within ten seconds")
  }

  private func sink(_ server: TestServer, batchesInFlight: Int = 64) async -> GRPCBatchSink {
    var configuration = GRPCBatchSinkConfiguration(servers: [await server.address])
    configuration.batchesInFlight = batchesInFlight
    return GRPCBatchSink(configuration: configuration, loop: server.loop, clock: SystemClock())
  }

  private func send(_ sink: GRPCBatchSink, _ count: Int) throws -> Task<[Result<BatchOutcome, BatchSinkError>], Never> {
    let batches = try (0..<count).map { try Samples.batch(sequence: UInt64($0)) }
    return Task {
      await withTaskGroup(of: Result<BatchOutcome, BatchSinkError>.self) { group in
        for batch in batches {
          group.addTask {
            do throws(BatchSinkError) {
              return .success(try await sink.send(sink.encode(batch), of: batch.stream, age: .zero))
            } catch { return .failure(error) }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
    }
  }

  @Test("no more than the window is with the use case; the rest waits with the sender")
  func window() async throws {
    let ingest = ScriptedIngest()
    await ingest.change(to: .hold)
    var configuration = GRPCServerConfiguration()
    configuration.batchesInFlightPerStream = 4
    try await TestServer.run(ingest, configuration: configuration) { server in
      let sink = await sink(server)
      let call = try send(sink, 40)
      try await until("4 batches arrive") { await ingest.received.count == 4 }
      await ingest.change(to: .answer { _ in .accepted(isExactlyOnce: true, retimed: 0, deadLetters: []) })
      await ingest.releaseHeld()
      let answers = await call.value
      #expect(answers.allSatisfy { if case .success = $0 { true } else { false } })
      #expect(await ingest.mostAtOnce <= 4)
      await sink.close()
    }
  }

  @Test("a shutdown answers what is under way, then ends the stream as unavailable")
  func shutdown() async throws {
    let ingest = ScriptedIngest()
    await ingest.change(to: .hold)
    try await TestServer.run(ingest) { server in
      let sink = await sink(server)
      let call = try send(sink, 3)
      try await until("3 batches arrive") { await ingest.received.count == 3 }
      let drained = Task { await server.drain(deadline: .seconds(30)) }
      await ingest.releaseHeld()
      let answers = await call.value
      #expect(answers.allSatisfy { if case .success = $0 { true } else { false } }, "\(answers)")
      await drained.value
      let batch = try Samples.batch(sequence: 9)
      await #expect(throws: BatchSinkError.self) {
        try await sink.send(sink.encode(batch), of: batch.stream, age: .zero)
      }
      await sink.close()
    }
  }

  @Test("a client that goes away cancels what is under way")
  func clientGone() async throws {
    let ingest = ScriptedIngest()
    await ingest.change(to: .hold)
    try await TestServer.run(ingest) { server in
      let sink = await sink(server)
      let call = try send(sink, 2)
      try await until("2 batches arrive") { await ingest.received.count == 2 }
      await sink.close()
      _ = await call.value
      try await until("the call ends") {
        server.telemetry.count { if case .requestAnswered = $0 { true } else { false } } == 1
      }
    }
  }
}
