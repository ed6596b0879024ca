package import Application
import FoundationEssentials
package import InProcessAdapter
package import PrometheusAdapter
package import Threads
package import Transport

/// What every process that serves has, whatever it serves: clock, threads, event loops, telemetry.
package struct ServingProcess: Sendable {
  package let clock: SystemClock
  package let identifiers = RandomIdentifiers()
  /// For calls that block.
  package let blocking = ThreadPool(name: "blocking", threads: 8)
  /// For building and scanning, so that acks and probes never wait behind them.
  package let computation: ThreadPool
  /// The first carries gRPC, the last the rest.
  package let loops = [EventLoop(), EventLoop()]
  package let metrics = PrometheusTelemetry()
  /// To the metrics and to standard error.
  package let telemetry: CombinedTelemetry

  package init(telemetry console: any Telemetry, clock: SystemClock) {
    self.clock = clock
    computation = ThreadPool(name: "computation", threads: max(1, ProcessInfo.processInfo.activeProcessorCount))
    telemetry = CombinedTelemetry([metrics, console])
  }

  package func startLoops() {
    for loop in loops { loop.start() }
  }

  /// Carries connections to other services of ours.
  package var clientLoop: EventLoop { loops[0] }

  /// After the servers on them have drained.
  package func stopLoops() {
    for loop in loops { loop.stop() }
  }
}
