import Application
import Domain
import Transport

/// Connections to processors, one each, made when somebody asks and kept. Bounded.
actor ProcessorConnections {
  private struct Kept {
    let connecting = SingleFlight<Result<HTTP2Client, GRPCStatus>>()
    var client: HTTP2Client?
    /// Why there is none, and until when that is the answer.
    var failure: (status: GRPCStatus, end: Duration)?
    var usedAt: Duration
  }

  private let configuration: GRPCRecentEventsConfiguration
  private let loop: EventLoop
  private let clock: any WallClock
  private var kept: [ServerAddress: Kept] = [:]
  private(set) var isClosed = false

  init(configuration: GRPCRecentEventsConfiguration, loop: EventLoop, clock: any WallClock) {
    self.configuration = configuration
    self.loop = loop
    self.clock = clock
  }

  /// How many are kept.
  var count: Int { kept.count }

  /// The connection to `server`, made if need be.
  ///
  /// - Returns: Also whether it was just made: one that was kept may be gone without our knowing yet.
  /// - Throws: `.unavailable` after one attempt, or at once shortly after a failed one; `.cancelled`.
  func client(for server: ServerAddress) async throws(GRPCStatus) -> (client: HTTP2Client, isNew: Bool) {
    if isClosed { throw Self.closed }
    let now = clock.elapsed()
    if kept[server] == nil { makeRoom() }
    var entry = kept[server] ?? Kept(usedAt: now)
    entry.usedAt = now
    kept[server] = entry
    if let client = entry.client, client.isUsable { return (client, false) }
    if let failure = entry.failure, now < failure.end { throw failure.status }
    let outcome = await entry.connecting.value { [loop, http2 = configuration.http2] in
      do throws(TransportError) {
        return .success(
          try await HTTP2Client.connect(host: server.host, port: server.port, loop: loop, configuration: http2))
      } catch { return .failure(GRPCStatus(error)) }
    }
    guard let outcome else { throw Self.closed }
    do throws(GRPCStatus) {
      let client = try outcome.get()
      if isClosed {
        client.close()
        throw Self.closed
      }
      kept[server]?.client = client
      kept[server]?.failure = nil
      return (client, true)
    } catch {
      if error.code == .unavailable {
        kept[server]?.failure = (error, clock.elapsed() + configuration.connectPause)
      }
      throw error
    }
  }

  /// Ends all connections, and what is asked on them.
  func close() async {
    isClosed = true
    let all = kept.values
    kept = [:]
    for entry in all {
      entry.client?.close()
      await entry.connecting.close()
    }
  }

  private static let closed = GRPCStatus(.cancelled, "the question was cancelled")

  /// A connection that is given up ends with the last question on it.
  private func makeRoom() {
    guard kept.count >= configuration.maximumConnections else { return }
    let idle = kept.filter { !$0.value.connecting.isUnderWay }
    if let oldest = idle.min(by: { $0.value.usedAt < $1.value.usedAt }) { kept[oldest.key] = nil }
  }
}
