import Application
import Domain

/// How long an acknowledged event takes to appear in a query, on an idle server and beside a steady load.
struct FreshnessPhase: Sendable {
  private static let samples = 200
  /// Batches of 1,000 a second beside the samples: a third of what two cores should take.
  private static let loadBatchesPerSecond = 200
  private static let service = "freshness-probe"

  let bench: Bench
  let workload: Workload

  func run(in data: String) async throws -> [Figure] {
    let server = try await ServerProcess.start(bench, data: data)
    let probe = BatchSender(bench, to: server)
    let client = QueryClient(port: server.httpPort, loop: bench.loop)
    var figures = summary("idle", try await sample(probe, client, from: 0))
    figures += summary(
      "beside \(Self.loadBatchesPerSecond),000 events/s",
      try await withThrowingTaskGroup(of: Void.self) { group in
        let load = BatchSender(bench, to: server)
        group.addTask { try await self.load(load) }
        defer { group.cancelAll() }
        let times = try await sample(probe, client, from: Self.samples)
        await load.close()
        return times
      })
    await probe.close()
    let usage = try await server.stop()
    figures.append(
      Figure(
        figures[0].group, "server's peak memory", Double(usage.peakResidentBytes) / 1e6, .megabytes, aim: .below(250)))
    return figures
  }

  private func summary(_ name: String, _ times: Quantiles) -> [Figure] {
    let group = "freshness, from acknowledgement to answer, \(Self.samples) samples"
    return [
      Figure(group, "\(name), p50", times.at(0.5), .milliseconds),
      Figure(group, "\(name), p99", times.at(0.99), .milliseconds, aim: .below(1_000)),
    ]
  }

  private func sample(_ sender: BatchSender, _ client: QueryClient, from first: Int) async throws -> Quantiles {
    var times: [Double] = []
    for number in first..<(first + Self.samples) {
      let text = "probe \(number) of freshness"
      try await sender.send(try probe(text), sequence: UInt64(number))
      let acked = bench.clock.elapsed()
      let request = QueryClient.Request(
        service: Self.service, contains: text, fromTs: bench.clock.now().nanoseconds / 1_000_000 - 60_000, limit: 1)
      while try await client.page(request).page.items.isEmpty {
        guard bench.clock.elapsed() - acked < .seconds(10) else {
          throw BenchFailure(description: "an acknowledged event cannot be found after 10 s")
        }
      }
      times.append((bench.clock.elapsed() - acked).fractionalSeconds * 1e3)
    }
    return Quantiles(times)
  }

  private func probe(_ text: String) throws -> CutBatch {
    let message = Array(text.utf8)
    let level: [UInt8] = []
    var events = EventColumns()
    events.endEvent(
      timestamp: bench.clock.now(), severity: .unspecified, severityText: level.span, message: message.span,
      traceID: nil, spanID: nil, index: 0)
    return CutBatch(service: try ServiceName(Self.service), events: events)
  }

  /// Sends the workload again as another producer, at a steady rate, until it is cancelled.
  private func load(_ sender: BatchSender) async throws {
    let start = bench.clock.elapsed()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, batch) in workload.batches.enumerated() {
        let due = start + .seconds(1) * (Double(number) / Double(Self.loadBatchesPerSecond))
        let wait = due - bench.clock.elapsed()
        if wait > .zero { try await bench.clock.sleep(for: wait) }
        if number >= 32 { try await group.next() }
        group.addTask { try await sender.send(batch, sequence: UInt64(number)) }
      }
    }
  }
}
