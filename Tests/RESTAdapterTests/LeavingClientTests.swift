import Application
import Domain
import EventQueryContract
import Testing
import Threads
import Transport

@testable import RESTAdapter

@Suite("A client that leaves", .timeLimit(.minutes(1)))
struct LeavingClientTests {
  @Test("cancels its query")
  func cancelsQuery() async throws {
    let query = EndlessQuery()
    let service = TestService(query)
    let wire = try SocketWire { await service.api.handle($0) }
    let client = Task { await wire.send("POST", "/v1/query", body: Array("{}".utf8)) == nil }
    await query.begun.wait()
    client.cancel()
    #expect(await client.value)
    await query.ended.wait()
    await wire.stop()
    // The query's end comes back to the loop before the answer that nobody waits for is counted.
    while service.telemetry.lines.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
    #expect(service.telemetry.lines == ["http /v1/query 499"])
  }
}

/// Answers nobody; ends when it is cancelled.
private final class EndlessQuery: EventQuery {
  let begun = Moment()
  let ended = Moment()

  func events(_ request: EventRequest) async throws(EventQueryError) -> EventPage {
    begun.come()
    try? await Task.sleep(for: .seconds(3_600))
    ended.come()
    throw .cancelled
  }

  func histogram(_ request: HistogramRequest) async throws(EventQueryError) -> EventHistogram { throw .cancelled }

  func services(of tenant: TenantID) async throws(EventQueryError) -> ServiceList { ServiceList(services: []) }
}

/// Something that happens once and that one task waits for.
private final class Moment: Sendable {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() { (stream, continuation) = AsyncStream.makeStream() }

  func come() { continuation.finish() }

  func wait() async { for await _ in stream {} }
}
