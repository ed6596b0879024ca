import Application
import BatchSinkContract
import Domain
import InMemoryAdapter
import InProcessAdapter
import Testing
import Threads
import Transport

@testable import GRPCAdapter

@Suite("The gRPC server", .timeLimit(.minutes(1)))
struct GRPCServerTests {
  private let ingest = ScriptedIngest()
  private let telemetry = RecordingTelemetry()
  private let health = FixedHealth()
  private let server: GRPCServer

  private static let pushOnce = "/cordwood.ingestor.v1.IngestorService/PushOnce"
  private static let push = "/cordwood.ingestor.v1.IngestorService/Push"
  private static let check = "/grpc.health.v1.Health/Check"

  init() {
    server = GRPCServer(
      ingest: ingest, health: health, telemetry: telemetry, clock: SystemClock(),
      workers: ThreadPool(name: "test-workers", threads: 1))
  }

  private func answer(_ exchange: FakeExchange) async -> FakeExchange {
    await server.handle(exchange)
    return exchange
  }

  private var request: [UInt8] { Wire().message(1, Wire.batch.message(8, Wire().text(4, "line"))).bytes }

  @Test("what is not gRPC gets 415")
  func contentType() async {
    for type in ["application/json", "application/grpc-web", "application/grpc+json"] {
      let head = HTTPRequestHead(method: "POST", target: Self.pushOnce, fields: ["content-type": type])
      #expect(await answer(FakeExchange(head, body: [])).head?.status == 415)
    }
  }

  @Test("a method that does not exist is unimplemented, in trailers only")
  func unknownMethod() async {
    let exchange = await answer(FakeExchange("/cordwood.ingestor.v1.IngestorService/Pull"))
    #expect(exchange.status?.code == .unimplemented)
    #expect(exchange.head?.status == 200)
    #expect(exchange.isTrailersOnly)
  }

  @Test("a compressed call is unimplemented and told what is accepted")
  func compression() async {
    let exchange = await answer(FakeExchange(Self.check, fields: ["grpc-encoding": "gzip"]))
    #expect(exchange.status?.code == .unimplemented)
    #expect(exchange.head?.fields["grpc-accept-encoding"] == "identity")
    let flagged = await answer(FakeExchange(Self.check, body: [[1, 0, 0, 0, 0]]))
    #expect(flagged.status?.code == .internalError)
  }

  @Test("a message over the limit is refused at its prefix, naming size and limit")
  func oversize() async {
    let exchange = await answer(FakeExchange(Self.pushOnce, body: [MessageDeframer.prefix(length: (4 << 20) + 1)]))
    #expect(exchange.status?.code == .resourceExhausted)
    #expect(exchange.status?.message == "a message of 4194305 bytes is over the limit of 4194304")
  }

  @Test("a body that ends within a message is an error")
  func truncatedBody() async {
    let exchange = await answer(FakeExchange(Self.check, body: [[0, 0, 0, 0, 9, 1]]))
    #expect(exchange.status?.code == .internalError)
  }

  @Test("a unary call has exactly one message")
  func unaryMessages() async {
    #expect(await answer(FakeExchange(Self.check, body: [])).status?.code == .unimplemented)
    #expect(
      await answer(FakeExchange(Self.check, body: [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0]])).status?.code == .unimplemented)
  }

  @Test("a batch that cannot be decoded is an invalid argument with the byte, and counted")
  func malformed() async {
    let exchange = await answer(FakeExchange(Self.pushOnce, message: [0x0a, 0x05, 0x01]))
    #expect(exchange.status?.code == .invalidArgument)
    #expect(exchange.status?.message.contains("at byte 2") == true)
    #expect(telemetry.count { if case .batchRefused(_, .malformed) = $0 { true } else { false } } == 1)
  }

  @Test("a malformed tenant names the rule, and is counted")
  func malformedTenant() async {
    let exchange = await answer(FakeExchange(Self.pushOnce, message: request, fields: ["x-tenant-id": "_internal"]))
    #expect(exchange.status?.code == .invalidArgument)
    #expect(exchange.status?.message == "x-tenant-id: the name begins with '_', which is reserved")
    #expect(telemetry.count { if case .batchRefused(nil, .invalidTenant) = $0 { true } else { false } } == 1)
    let twice = FakeExchange(Self.pushOnce, message: request, fields: ["x-tenant-id": "a", "x-tenant-id": "b"])
    #expect(await answer(twice).status?.code == .invalidArgument)
  }

  @Test("a tenant that is not UTF-8 is refused, not repaired into another's name", arguments: ["%FF", "%FE", "a%"])
  func undecodableTenant(_ name: String) async {
    let exchange = await answer(FakeExchange(Self.pushOnce, message: request, fields: ["x-tenant-id": name]))
    #expect(exchange.status?.code == .invalidArgument)
    #expect(exchange.status?.message.hasPrefix("x-tenant-id: not percent-encoded UTF-8") == true)
    #expect(telemetry.count { if case .batchRefused(nil, .invalidTenant) = $0 { true } else { false } } == 1)
  }

  @Test("without a tenant it is 'default'; metadata has the trace parent of a single batch")
  func metadata() async {
    let exchange = await answer(FakeExchange(Self.pushOnce, message: request, fields: ["traceparent": "00-ab-cd-01"]))
    #expect(exchange.status == .ok)
    #expect(await ingest.received.first?.stream.tenant == .default)
    #expect(await ingest.received.first?.traceParent == "00-ab-cd-01")
  }

  @Test(
    "an error of the use case becomes a status",
    arguments: [
      (EventIngestError.rejected(reason: "no"), GRPCStatus(.invalidArgument, "no")),
      (
        .unavailable(retryAfter: .milliseconds(1500), reason: "full"),
        GRPCStatus(.unavailable, "full", retryAfter: .milliseconds(1500))
      ),
      (.shuttingDown, .shuttingDown), (.cancelled, GRPCStatus(.cancelled, "the call was cancelled")),
    ])
  func errors(_ error: EventIngestError, _ status: GRPCStatus) {
    #expect(GRPCStatus(error) == status)
    #expect(GRPCStatus(status.fields) == status)
  }

  @Test("a deadline that passes ends the call")
  func deadline() async {
    await ingest.change(to: .hold)
    let exchange = await answer(FakeExchange(Self.pushOnce, message: request, fields: ["grpc-timeout": "50m"]))
    #expect(exchange.status?.code == .deadlineExceeded)
    let malformed = await answer(FakeExchange(Self.pushOnce, message: request, fields: ["grpc-timeout": "soon"]))
    #expect(malformed.status?.code == .invalidArgument)
  }

  @Test("a stream answers each batch, also one that is broken, and goes on")
  func stream() async throws {
    let broken = Wire().message(1, Wire.batch.varint(2, 6).bytes(8, [0x0c]))
    let badService = Wire().message(1, Wire.batch.text(3, "_x"))
    let body = [request, broken.bytes, badService.bytes, request].flatMap {
      MessageDeframer.prefix(length: $0.count) + $0
    }
    // Cut at an odd place.
    let exchange = await answer(FakeExchange(Self.push, body: [Array(body[..<7]), Array(body[7...])]))
    #expect(exchange.status == .ok)
    let answers = try exchange.messages.map { try PushResponseMessage(decoding: $0.span) }
    #expect(answers.count == 4)
    let rejected = answers.filter { if case .rejected = $0.answer { true } else { false } }
    #expect(Set(rejected.map(\.identity.service)) == ["api-service", "_x"])
    #expect(rejected.first { $0.identity.service == "api-service" }?.identity.sequence == 6)
  }

  @Test("a stream ends when it cannot say which batch is broken")
  func brokenStream() async {
    let exchange = await answer(FakeExchange(Self.push, message: Wire().message(1, Wire().bytes(3, [0xff])).bytes))
    #expect(exchange.status?.code == .invalidArgument)
  }

  @Test("a large batch is decoded off the loop with the same result")
  func largeBatch() async throws {
    let message = [UInt8](repeating: 7, count: 600_000)
    let request = Wire().message(1, Wire.batch.message(8, Wire().bytes(4, message))).bytes
    #expect(await answer(FakeExchange(Self.pushOnce, message: request)).status == .ok)
    #expect(await ingest.received.first?.events.messages == message)
  }

  @Test("health follows the port")
  func healthChecks() async throws {
    #expect(try await answer(FakeExchange(Self.check)).messages == [[8, 1]])
    health.set(["the disk is full"])
    let service = Wire().text(1, IngestService.name).bytes
    #expect(try await answer(FakeExchange(Self.check, message: service)).messages == [[8, 2]])
    #expect(await answer(FakeExchange(Self.check, message: Wire().text(1, "other").bytes)).status?.code == .notFound)
    #expect(try await answer(FakeExchange("/grpc.health.v1.Health/List")).messages.count == 1)
    health.set([])
    server.beginShutdown()
    #expect(try await answer(FakeExchange(Self.check)).messages == [[8, 2]])
  }

  @Test("every call is counted with its method and status")
  func telemetryOfCalls() async {
    _ = await answer(FakeExchange(Self.check))
    let isCounted = telemetry.events.contains { event in
      guard case .requestAnswered(.grpc, let route, 0, _) = event else { return false }
      return route.description == Self.check
    }
    #expect(isCounted)
  }
}
