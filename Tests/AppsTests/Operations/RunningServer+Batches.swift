import Application
import Domain
import GRPCAdapter
import InProcessAdapter
import Testing
import Transport

extension RunningServer {
  /// A batch as a sender of a test's making sends it.
  struct Batch: Sendable {
    var tenant = "default"
    var producer: UInt64 = 1
    var sequence: UInt64 = 0
    let messages: [String]
    /// Every event has an attribute twice, which no rule allows.
    var isBroken = false
  }

  /// Sends batches over gRPC, all of which are acknowledged then.
  func send(_ batches: [Batch]) async throws {
    let loop = EventLoop()
    loop.start()
    defer { loop.stop() }
    let sink = GRPCBatchSink(
      configuration: GRPCBatchSinkConfiguration(servers: [ServerAddress(host: "127.0.0.1", port: ports.grpc)]),
      loop: loop, clock: SystemClock())
    for batch in batches {
      let stream = StreamID(tenant: try TenantID(batch.tenant), service: try ServiceName("web"))
      let content = sink.encode(
        OutgoingBatch(
          stream: stream, producer: ProducerID(Identifier128(high: 11, low: batch.producer)),
          sequence: batch.sequence, placement: 0, acceptsAnyAge: false, traceParent: "",
          events: Self.columns(batch, now: SystemClock().now())))
      let outcome = try await sink.send(content, of: stream, age: .zero)
      guard case .accepted = outcome else {
        Issue.record("\(outcome)")
        continue
      }
    }
    await sink.close()
  }

  private static func columns(_ batch: Batch, now: Timestamp) -> EventColumns {
    var columns = EventColumns()
    let none: [UInt8] = []
    for (index, message) in batch.messages.enumerated() {
      for value in 0..<(batch.isBroken ? 2 : 1) {
        columns.appendAttribute(key: Array("n".utf8).span, int: Int64(value))
      }
      columns.endEvent(
        timestamp: now, severity: .info, severityText: none.span, message: Array(message.utf8).span, traceID: nil,
        spanID: nil, index: UInt32(index))
    }
    return columns
  }
}
