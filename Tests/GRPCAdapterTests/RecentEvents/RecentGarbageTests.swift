import Application
import Domain
import InProcessAdapter
import TestSupport
import Testing
import Threads
import Transport

@testable import GRPCAdapter

/// Servers that are no processor of ours, or a broken one.
@Suite("A processor that answers nonsense", .timeLimit(.minutes(1)))
struct RecentGarbageTests {
  enum Body: String, CaseIterable, Sendable {
    case noGRPC, compressedMessage, hugeMessage, cutOffMessage, noStatus, garbage, endless

    func pieces() throws -> [[UInt8]] {
      switch self {
      case .noGRPC: [Array("<html>".utf8)]
      case .compressedMessage: [[1, 0, 0, 0, 1, 0]]
      // Announced as 4 GiB: refused at its prefix.
      case .hugeMessage: [[0, 0xff, 0xff, 0xff, 0xff, 1]]
      case .cutOffMessage: [[0, 0, 0, 1, 0, 1, 2]]
      case .noStatus: try RecentGarbage.noSummary.messages().map { MessageDeframer.prefix(length: $0.count) + $0 }
      case .garbage: try RecentGarbage.anotherTenant.messages().map { MessageDeframer.prefix(length: $0.count) + $0 }
      case .endless: [[UInt8]](repeating: MessageDeframer.prefix(length: 0), count: 1_000)
      }
    }
  }

  @Test("is told as unavailable", arguments: Body.allCases)
  func nonsense(_ body: Body) async throws {
    let pieces = try body.pieces()
    let loop = EventLoop()
    loop.start()
    let http = HTTPServer(
      configuration: try HTTPServerConfiguration(address: "127.0.0.1", port: 0, protocols: .http2), loops: [loop]
    ) { exchange in
      let type = body == .noGRPC ? "text/html" : "application/grpc"
      do throws(TransportError) {
        try exchange.start(HTTPResponseHead(status: 200, fields: ["content-type": type]))
        for piece in pieces { try await exchange.write(piece) }
        try exchange.end(trailers: body == .noStatus ? [:] : GRPCStatus.ok.fields)
      } catch { exchange.abort() }
    }
    let port = try http.start()
    let directory = ScriptedProcessors()
    let client = GRPCRecentEvents(
      configuration: GRPCRecentEventsConfiguration(secret: nil), directory: directory, loop: loop, clock: SystemClock())
    try await directory.announce(
      ProcessorEntry(
        processor: Identifier128(high: 1, low: 1), address: "127.0.0.1:\(port)",
        partitions: [RecentSamples.partition: .epoch]),
      for: .seconds(1))
    let outcome = await client.ask(try RecentSamples.question())
    await client.close()
    await http.drain(deadline: .zero)
    loop.stop()
    guard case .failure(.unavailable(let reason)) = outcome else {
      return #expect(Bool(false), "taken as \(outcome)")
    }
    #expect(reason.contains("127.0.0.1:\(port)"))
  }
}
