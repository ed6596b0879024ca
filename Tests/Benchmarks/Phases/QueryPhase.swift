import Domain

/// Five queries and two counts over all that was ingested, on a server that has just been started.
struct QueryPhase: Sendable {
  private static let repetitions = 20

  let bench: Bench
  let workload: Workload

  private var group: String {
    "queries over \(workload.eventCount) events, the first and the median of \(Self.repetitions)"
  }

  func run(in data: String) async throws -> [Figure] {
    let server = try await ServerProcess.start(bench, data: data)
    let client = QueryClient(port: server.httpPort, loop: bench.loop)
    var figures: [Figure] = []
    for (name, request, aim) in try await queries(client) {
      figures.append(
        Figure(group, "\(name), first", try await client.page(request).milliseconds, .milliseconds))
      figures += try await warm(name, server, aim: aim) { try await client.page(request).milliseconds }
    }
    // Counts over time, as the page asks for them beside each question.
    for (name, request) in [
      ("counts over all time", QueryClient.Request(buckets: 100)),
      ("counts of a text that few events have", .init(contains: "timeout", buckets: 100)),
    ] {
      figures += try await warm(name, server) { try await client.count(request).milliseconds }
    }
    let usage = try await server.stop()
    figures.append(
      Figure(group, "server's peak memory", Double(usage.peakResidentBytes) / 1e6, .megabytes, aim: .below(250)))
    return figures
  }

  /// What a question costs once its answer's blocks are in memory.
  ///
  /// - Parameter ask: Returns how long the answer took in milliseconds.
  private func warm(
    _ name: String, _ server: ServerProcess, aim: Aim? = nil, _ ask: () async throws -> Double
  ) async throws -> [Figure] {
    let before = try server.usage.cpuSeconds
    var times: [Double] = []
    for _ in 0..<Self.repetitions { times.append(try await ask()) }
    let cpu = try server.usage.cpuSeconds - before
    return [
      Figure(group, "\(name), warm", Quantiles(times).at(0.5), .milliseconds, aim: aim),
      Figure(group, "\(name), server's CPU time", cpu / Double(Self.repetitions) * 1e3, .milliseconds),
    ]
  }

  private func queries(
    _ client: QueryClient
  ) async throws -> [(name: String, request: QueryClient.Request, aim: Aim?)] {
    guard let rare = workload.early(after: "incident ", length: 17) else {
      throw BenchFailure(description: "no event has a rare text: ingest more events")
    }
    let from = workload.timeSpan.lowerBound.nanoseconds / 1_000_000 + 3_600_000
    var hour = QueryClient.Request(fromTs: from, toTs: from + 3_600_000, limit: 100)
    hour.cursor = try await client.page(hour).page.nextCursor
    return [
      ("newest 100", .init(limit: 100), .below(10)),
      ("newest 100 errors of a service", .init(service: "payment-service", level: "ERROR", limit: 100), nil),
      ("a text that few events have", .init(contains: rare, limit: 100), nil),
      ("a text that no event has", .init(contains: "no such text anywhere", limit: 100), nil),
      ("one hour of three, second page", hour, nil),
    ]
  }
}
