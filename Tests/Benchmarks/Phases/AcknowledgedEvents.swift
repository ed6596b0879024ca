import Application
import Transport

/// How many events a server has acknowledged, by its metrics.
struct AcknowledgedEvents: Sendable {
  private static let metric = "cordwood_ingest_events_total{"

  let port: Int
  let bench: Bench

  /// Returns once there are `count`.
  func wait(for count: Int, within patience: Duration = .seconds(300)) async throws {
    let deadline = bench.clock.elapsed() + patience
    while true {
      let now = try await number()
      if now >= count { return }
      guard bench.clock.elapsed() < deadline else {
        throw BenchFailure(description: "\(now) of \(count) events were acknowledged within \(patience)")
      }
      try await bench.clock.sleep(for: .milliseconds(20))
    }
  }

  private func number() async throws -> Int {
    let head = HTTPRequestHead(method: "GET", target: "/metrics", version: .http1_1, fields: [:])
    let (_, bytes) = try await HTTP1Client.send(
      host: "127.0.0.1", port: port, head: head, body: [], deadline: .seconds(10), loop: bench.loop)
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix(Self.metric) }
      .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +)
  }
}
