import Application
import Composition
import Domain
import GRPCAdapter
import InProcessAdapter
import Transport

/// A connection to the ingestors for as long as a command needs one.
enum IngestorSession {
  /// - Parameter view: Shows why no server answers.
  static func run<Result: Sendable>(
    _ servers: [HostPort], clock: SystemClock, view: ProgressView, _ body: (GRPCBatchSink) async -> Result
  ) async -> Result {
    let loop = EventLoop()
    loop.start()
    let addresses = servers.map { ServerAddress(host: $0.host, port: Int($0.port)) }
    let sink = GRPCBatchSink(
      configuration: GRPCBatchSinkConfiguration(servers: addresses), loop: loop, clock: clock,
      unanswered: view.unanswered)
    let result = await body(sink)
    await sink.close()
    loop.stop()
    return result
  }
}
