import Application
import Domain
import GRPCAdapter
import InProcessAdapter
import Threads
import Transport

/// Sends batches as one agent does, several in flight.
struct BatchSender: Sendable {
  private let sink: GRPCBatchSink
  private let clock: any WallClock
  private let producer = ProducerID(RandomIdentifiers().next())
  let tenant = TenantID.default

  init(_ bench: Bench, to server: ServerProcess) {
    let address = ServerAddress(host: "127.0.0.1", port: server.grpcPort)
    sink = GRPCBatchSink(
      configuration: GRPCBatchSinkConfiguration(servers: [address]), loop: bench.loop, clock: bench.clock)
    clock = bench.clock
  }

  /// Connects, and waits until the server answers.
  func connect() async throws { _ = try await sink.terms(for: tenant) }

  func close() async { await sink.close() }

  func encode(_ batch: CutBatch, sequence: UInt64) -> [UInt8] {
    sink.encode(
      OutgoingBatch(
        stream: StreamID(tenant: tenant, service: batch.service), producer: producer, sequence: sequence, placement: 0,
        acceptsAnyAge: true, traceParent: "", events: batch.events))
  }

  /// Sends each with its place as its sequence; returns when all are acknowledged.
  func send(_ batches: [CutBatch], inFlight: Int = 16) async throws {
    let next = Lock(0)
    try await withThrowingTaskGroup { group in
      for _ in 0..<inFlight {
        group.addTask {
          while true {
            let index = next.withLock { value in
              defer { value += 1 }
              return value
            }
            guard index < batches.count else { return }
            try await send(batches[index], sequence: UInt64(index))
          }
        }
      }
      try await group.waitForAll()
    }
  }

  func send(_ batch: CutBatch, sequence: UInt64) async throws {
    let content = encode(batch, sequence: sequence)
    while true {
      let outcome = try await sink.send(
        content, of: StreamID(tenant: tenant, service: batch.service), age: .zero)
      switch outcome {
      case .accepted: return
      case .retryAfter(let wait, _): try await clock.sleep(for: wait)
      case .deadLettered(let reason):
        throw BenchFailure(description: "a batch went to the dead letters: \(reason)")
      }
    }
  }
}
