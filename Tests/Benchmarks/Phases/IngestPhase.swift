import Application
import Domain

/// Batches of 1,000 events through gRPC, to the durable acknowledgement and to committed chunks.
struct IngestPhase: Sendable {
  private static let group = "ingest, batches of 1,000, 16 in flight"

  let bench: Bench
  let workload: Workload

  func run(in data: String) async throws -> [Figure] {
    let server = try await ServerProcess.start(bench, data: data)
    let sender = BatchSender(bench, to: server)
    try await sender.connect()
    let encoding = encode(sender)

    let server0 = try server.usage
    let client0 = ProcessUsage.ofThisProcess()
    let start = bench.clock.elapsed()
    try await sender.send(workload.batches)
    let acked = bench.clock.elapsed() - start
    let client = ProcessUsage.ofThisProcess()
    let serverAtAck = try server.usage
    await sender.close()
    let end = try await server.stop()
    let stored = bench.clock.elapsed() - start

    let events = Double(workload.eventCount)
    func perMillion(_ seconds: Double) -> Double { seconds / events * 1e6 }
    let used = serverAtAck.cpuSeconds - server0.cpuSeconds + client.cpuSeconds - client0.cpuSeconds
    let serverCPU = perMillion(end.cpuSeconds - server0.cpuSeconds)
    let clientCPU = perMillion(client.cpuSeconds - client0.cpuSeconds)
    return [
      figure("bytes an event on the wire", encoding.bytesPerEvent, .bytes),
      figure("acknowledged durably", events / acked.fractionalSeconds, .eventsPerSecond, aim: .atLeast(600_000)),
      figure("cores that both got meanwhile", used / acked.fractionalSeconds, .count),
      figure("in committed chunks", events / stored.fractionalSeconds, .eventsPerSecond),
      figure(
        "server, until the last acknowledgement", perMillion(serverAtAck.cpuSeconds - server0.cpuSeconds),
        .cpuSecondsPerMillion),
      figure("server, from socket to chunk", serverCPU, .cpuSecondsPerMillion, aim: .below(2.5)),
      figure("client, encoding alone", encoding.cpuPerMillion, .cpuSecondsPerMillion),
      figure("client, encoding and sending", clientCPU, .cpuSecondsPerMillion),
      figure("server and client together", serverCPU + clientCPU, .cpuSecondsPerMillion),
      figure("server's peak memory", Double(end.peakResidentBytes) / 1e6, .megabytes, aim: .below(250)),
    ]
  }

  private func encode(_ sender: BatchSender) -> (bytesPerEvent: Double, cpuPerMillion: Double) {
    let before = ProcessUsage.ofThisProcess().cpuSeconds
    var bytes = 0
    for (sequence, batch) in workload.batches.enumerated() {
      bytes += sender.encode(batch, sequence: UInt64(sequence)).count
    }
    let seconds = ProcessUsage.ofThisProcess().cpuSeconds - before
    let events = Double(workload.eventCount)
    return (Double(bytes) / events, seconds / events * 1e6)
  }

  private func figure(_ name: String, _ value: Double, _ unit: Figure.Unit, aim: Aim? = nil) -> Figure {
    Figure(Self.group, name, value, unit, aim: aim)
  }
}
