import Application
import BatchSinkContract
import Domain
import InMemoryAdapter
import InProcessAdapter
import Testing
import Threads
import Transport

@testable import GRPCAdapter

@Suite("The gRPC batch sink", .timeLimit(.minutes(1)))
struct GRPCBatchSinkTests {
  private func failure(_ sink: GRPCBatchSink, _ tenant: TenantID = .default) async throws -> BatchSinkError? {
    let batch = try Samples.batch(tenant: tenant)
    do throws(BatchSinkError) {
      _ = try await sink.send(sink.encode(batch), of: batch.stream, age: .zero)
      return nil
    } catch {
      return error
    }
  }

  @Test("a server that is not there is unavailable; the next one is tried")
  func failover() async throws {
    try await TestServer.run(ScriptedIngest()) { server in
      // A port that was free a moment ago and is closed again.
      let absent = try await TestServer.run(ScriptedIngest()) { await $0.address }
      var configuration = GRPCBatchSinkConfiguration(servers: [absent, await server.address])
      configuration.firstBackoff = .milliseconds(10)
      let sink = GRPCBatchSink(configuration: configuration, loop: server.loop, clock: SystemClock(), chance: { 0 })
      guard case .unavailable(let retryAfter, let reason) = try await failure(sink) else {
        Issue.record("the absent server answered")
        return
      }
      #expect(retryAfter == .milliseconds(5))
      #expect(reason.contains(absent.description))
      #expect(try await failure(sink) == nil)
      #expect(try await sink.terms(for: .default) == Samples.terms)
      await sink.close()
    }
  }

  @Test("terms are asked for until somebody answers or the task is cancelled")
  func termsCancelled() async throws {
    let absent = try await TestServer.run(ScriptedIngest()) { await $0.address }
    let loop = EventLoop()
    loop.start()
    let sink = GRPCBatchSink(
      configuration: GRPCBatchSinkConfiguration(servers: [absent]), loop: loop, clock: SystemClock())
    let call = Task { () -> BatchSinkError? in
      do throws(BatchSinkError) {
        _ = try await sink.terms(for: .default)
        return nil
      } catch { return error }
    }
    try await Task.sleep(for: .milliseconds(50))
    call.cancel()
    guard case .cancelled = await call.value else {
      Issue.record("a cancelled call of terms ended otherwise")
      return
    }
    await sink.close()
    loop.stop()
  }

  @Test("an answer that does not come in time gives the stream up, and the batch can be sent again")
  func answerDeadline() async throws {
    let ingest = ScriptedIngest()
    await ingest.change(to: .hold)
    try await TestServer.run(ingest) { server in
      var configuration = GRPCBatchSinkConfiguration(servers: [await server.address])
      configuration.answerDeadline = .milliseconds(100)
      configuration.firstBackoff = .milliseconds(1)
      let sink = GRPCBatchSink(configuration: configuration, loop: server.loop, clock: SystemClock())
      guard case .unavailable(_, let reason) = try await failure(sink) else {
        Issue.record("a batch that is held was answered")
        return
      }
      #expect(reason.contains("no answer"))
      await ingest.change(to: .answer { _ in .accepted(isExactlyOnce: true, retimed: 0, deadLetters: []) })
      #expect(try await failure(sink) == nil)
      await sink.close()
    }
  }

  @Test("a batch is as old as it is when it is sent, however long it waited for room")
  func ageWhenSent() async throws {
    let ingest = ScriptedIngest()
    await ingest.change(to: .hold)
    try await TestServer.run(ingest) { server in
      var configuration = GRPCBatchSinkConfiguration(servers: [await server.address])
      configuration.batchesInFlight = 1
      configuration.answerDeadline = .seconds(100)
      let clock = ScriptedClock()
      let sink = GRPCBatchSink(configuration: configuration, loop: server.loop, clock: clock)
      let first = Task { [self] in try await failure(sink) }
      while await ingest.received.isEmpty { await Task.yield() }
      // Begins at once: it has taken the time before the clock moves.
      let second = Task.immediate { [self] in try await failure(sink) }
      clock.advance(by: .seconds(5))
      await ingest.change(to: .answer { _ in .accepted(isExactlyOnce: true, retimed: 0, deadLetters: []) })
      await ingest.releaseHeld()
      let failures = try await [first.value, second.value]
      #expect(failures.compactMap { $0 }.isEmpty)
      #expect(await ingest.received.map(\.age) == [.zero, .seconds(5)])
      await sink.close()
    }
  }

  @Test("bytes that are no batch, or too many, are rejected without being sent")
  func badContent() async throws {
    let ingest = ScriptedIngest()
    try await TestServer.run(ingest) { server in
      let sink = GRPCBatchSink(
        configuration: GRPCBatchSinkConfiguration(servers: [await server.address]), loop: server.loop,
        clock: SystemClock())
      let stream = try Samples.stream()
      for content in [[0x0c], [UInt8](repeating: 0, count: 4 << 20)] as [[UInt8]] {
        await #expect(throws: BatchSinkError.self) { try await sink.send(content, of: stream, age: .zero) }
      }
      #expect(await ingest.received.isEmpty)
      await sink.close()
    }
  }
}
