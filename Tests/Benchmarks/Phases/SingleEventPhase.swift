import Application
import Domain
import Threads
import Transport

/// Events that come one by one: as batches of one on a stream, and as calls of PushOnce.
struct SingleEventPhase: Sendable {
  private static let group = "single events, 16 in flight"
  private static let count = 10_000

  let bench: Bench
  let workload: Workload

  func run(in data: String) async throws -> [Figure] {
    let server = try await ServerProcess.start(bench, data: data)
    let sender = BatchSender(bench, to: server)
    try await sender.connect()
    let batches = Self.singles()
    let contents = batches.enumerated().map { sender.encode($1, sequence: UInt64(Self.count + $0)) }

    var figures = try await measure("Push", server) { try await sender.send(batches) }
    await sender.close()
    let client = try await HTTP2Client.connect(host: "127.0.0.1", port: server.grpcPort, loop: bench.loop)
    figures += try await measure("PushOnce", server) { try await Self.pushOnce(contents, client) }
    client.close()
    _ = try await server.stop()
    return figures
  }

  private func measure(
    _ name: String, _ server: ServerProcess, _ body: () async throws -> Void
  ) async throws -> [Figure] {
    let before = try server.usage
    let start = bench.clock.elapsed()
    try await body()
    let seconds = (bench.clock.elapsed() - start).fractionalSeconds
    let cpu = try server.usage.cpuSeconds - before.cpuSeconds
    return [
      Figure(Self.group, "\(name), acknowledged durably", Double(Self.count) / seconds, .eventsPerSecond),
      Figure(Self.group, "\(name), server", cpu / Double(Self.count) * 1e6, .cpuSecondsPerMillion),
    ]
  }

  private static func singles() -> [CutBatch] {
    var generator = LoadGenerator(seed: 5)
    return (0..<count).flatMap { _ in
      _ = generator.add(1, from: .epoch)
      return generator.take(ofAtLeast: 1)
    }
  }

  private static func pushOnce(_ contents: [[UInt8]], _ client: HTTP2Client) async throws {
    let next = Lock(0)
    try await withThrowingTaskGroup { group in
      for _ in 0..<16 {
        group.addTask {
          while true {
            let index = next.withLock { value in
              defer { value += 1 }
              return value
            }
            guard index < contents.count else { return }
            try await pushOnce(contents[index], client)
          }
        }
      }
      try await group.waitForAll()
    }
  }

  private static func pushOnce(_ content: [UInt8], _ client: HTTP2Client) async throws {
    // The message's prefix (uncompressed, length), and field 1 of PushOnceRequest: the batch.
    var request: [UInt8] = [10]
    request.append(varint: UInt64(content.count))
    let length = UInt32(request.count + content.count)
    let prefix = [
      0, UInt8(length >> 24 & 0xff), UInt8(length >> 16 & 0xff), UInt8(length >> 8 & 0xff), UInt8(length & 0xff),
    ]
    let stream = try await client.open(
      HTTPRequestHead(
        method: "POST", target: "/cordwood.ingestor.v1.IngestorService/PushOnce",
        fields: ["te": "trailers", "content-type": "application/grpc"]))
    try await stream.write(prefix + request + content)
    stream.finish()
    _ = try await stream.response()
    while try await stream.read() != nil {}
    guard stream.trailers["grpc-status"] == "0" else {
      throw BenchFailure(description: "PushOnce: \(stream.trailers["grpc-message"] ?? "no status")")
    }
  }
}
