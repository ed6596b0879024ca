import Application
import Domain
import InMemoryAdapter
import InProcessAdapter
import Testing
import Transport

@testable import GRPCAdapter

@Suite("A processor's gRPC door", .timeLimit(.minutes(1)))
struct RecentEventsServerTests {
  private let path = "/cordwood.processor.v1.RecentEventsService/Recent"

  private func server(_ source: FixedSource, secret: ClusterSecret? = nil) throws -> GRPCServer {
    GRPCServer(
      recentEvents: source, configuration: try RecentEventsServerConfiguration(port: 0, secret: secret),
      health: FixedHealth(), telemetry: RecordingTelemetry(), clock: SystemClock())
  }

  @Test("carries every field of a question", arguments: [nil, "api-service"])
  func question(_ service: String?) throws {
    let question = RecentQuestion(
      partition: PartitionID(4_000), tenant: try TenantID("Grüße"), service: try service.map { try ServiceName($0) },
      range: TimeRange(from: Timestamp(nanoseconds: -5), to: .distantFuture), patience: .nanoseconds(1_234_567_891))
    #expect(try RecentQuestion(decoding: question.encoded) == question)
  }

  @Test("refuses a question that is none, without asking")
  func malformed() async throws {
    let source = FixedSource(.success(try RecentSamples.answer(batches: 0)))
    let server = try server(source)
    let reversed = Wire().text(2, "tenant-1").fixed64(4, 9).fixed64(5, 8).bytes
    for message in [[0xff], [], reversed, Wire().text(2, ".hidden").bytes, Wire().text(2, "t").text(3, "").bytes] {
      let exchange = FakeExchange(path, message: message)
      await server.handle(exchange)
      #expect(exchange.status?.code == .invalidArgument, "\(message)")
    }
    #expect(source.asked == 0)
  }

  @Test("takes no message that is longer than a question, whatever it announces")
  func longMessage() async throws {
    let source = FixedSource(.success(try RecentSamples.answer(batches: 0)))
    let exchange = FakeExchange(path, body: [[0, 0, 1, 0, 0]])
    await (try server(source)).handle(exchange)
    #expect(exchange.status?.code == .resourceExhausted)
  }

  @Test("asks for the secret once, exactly")
  func secret() async throws {
    let source = FixedSource(.success(try RecentSamples.answer(batches: 1)))
    let secret = try #require(ClusterSecret("correct-horse-battery"))
    let server = try server(source, secret: secret)
    let right = secret.authorization
    var twice: HTTPFields = ["authorization": right]
    twice.append("authorization", right)
    let refused: [HTTPFields] = [
      [:], ["authorization": "correct-horse-battery"], ["authorization": right + "x"],
      ["authorization": String(right.dropLast())], twice,
    ]
    for fields in refused {
      let exchange = FakeExchange(path, message: try RecentSamples.question().encoded, fields: fields)
      await server.handle(exchange)
      #expect(exchange.status?.code == .unauthenticated)
    }
    #expect(source.asked == 0)
    let exchange = FakeExchange(
      path, message: try RecentSamples.question().encoded, fields: ["authorization": right])
    await server.handle(exchange)
    #expect(exchange.status == .ok)
    #expect(try exchange.messages.count == 1)
  }

  @Test("tells its health under its own name, without the secret")
  func health() async throws {
    let secret = try #require(ClusterSecret("correct-horse-battery"))
    let server = try server(FixedSource(nil), secret: secret)
    for (service, isKnown) in [("", true), (RecentEventsService.name, true), (IngestService.name, false)] {
      let exchange = FakeExchange("/grpc.health.v1.Health/Check", message: Wire().text(1, service).bytes)
      await server.handle(exchange)
      #expect(exchange.status?.code == (isKnown ? .ok : .notFound))
    }
  }

  @Test("listens for others only with a secret")
  func addresses() throws {
    let secret = try #require(ClusterSecret("correct-horse-battery"))
    #expect(try RecentEventsServerConfiguration(secret: nil).http.address == "127.0.0.1")
    #expect(try RecentEventsServerConfiguration(secret: secret).http.address == "0.0.0.0")
    for address in ["127.0.0.1", "127.9.9.9", "::1"] {
      #expect(try RecentEventsServerConfiguration(address: address, secret: nil).http.address == address)
    }
    for address in ["0.0.0.0", "::", "10.0.0.1", "128.0.0.1"] {
      #expect(throws: TransportError.self) { try RecentEventsServerConfiguration(address: address, secret: nil) }
      #expect(try RecentEventsServerConfiguration(address: address, secret: secret).http.address == address)
    }
  }

  @Test("has a secret that nobody can guess or print")
  func secrets() throws {
    for text in ["", "short", String(repeating: "x", count: 257), "with a space in it", "umlauts-äöü-umlauts"] {
      #expect(ClusterSecret(text) == nil)
    }
    let secret = try #require(ClusterSecret("correct-horse-battery"))
    var dumped = ""
    dump(secret, to: &dumped)
    for text in ["\(secret)", String(reflecting: secret), dumped] { #expect(!text.contains("horse")) }
  }
}
