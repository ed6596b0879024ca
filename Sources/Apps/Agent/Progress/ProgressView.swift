import Application
import Composition
import InProcessAdapter
import Threads

/// Shows progress on standard error: a line drawn over and over on a terminal, elsewhere a line when something is in the way.
final class ProgressView: Sendable {
  private static let interval = Duration.milliseconds(200)
  /// How long a server may take to answer before that is worth a word, and how often trouble is worth another.
  private static let patience = (first: Duration.seconds(1), again: Duration.seconds(10))

  private let console: Console
  private let clock: SystemClock
  private let servers: String
  private let name: String
  private let total: Int?
  private let state = Lock(ProgressState())

  /// - Parameter total: Events in all, where that is known.
  init(_ console: Console, clock: SystemClock, servers: [HostPort], name: String, total: Int? = nil) {
    self.console = console
    self.clock = clock
    self.servers = servers.map(\.description).joined(separator: ", ")
    self.name = name
    self.total = total
  }

  @Sendable
  func update(_ progress: DeliveryProgress) { state.withLock { $0.update(progress) } }

  /// Told why no server has answered yet.
  @Sendable
  func unanswered(_ reason: String) { state.withLock { $0.unanswered(reason) } }

  /// Shows progress while `body` runs.
  func showing<Result: Sendable>(_ body: () async -> Result) async -> Result {
    let drawing = Task { await console.error.isTerminal ? draw() : tellTrouble() }
    let result = await body()
    drawing.cancel()
    await drawing.value
    return result
  }

  private func draw() async {
    var meter = RateMeter()
    while await pause() {
      let state = state.withLock { $0 }
      let rate = meter.rate(of: state.counts.settledEvents, at: clock.elapsed())
      let text = ProgressLine.text(state, name: name, total: total, rate: rate, width: console.error.width)
      console.draw("\r\u{1b}[2K" + text)
    }
    console.draw("\r\u{1b}[2K")
  }

  private func tellTrouble() async {
    var next = clock.elapsed() + Self.patience.first
    while await pause() {
      let state = state.withLock { $0 }
      guard clock.elapsed() >= next else { continue }
      if state.phase == .connecting {
        console.note(Self.waiting(for: servers, state.trouble))
      } else if let trouble = state.trouble {
        console.note(trouble)
      } else {
        continue
      }
      next = clock.elapsed() + Self.patience.again
    }
  }

  private static func waiting(for servers: String, _ trouble: String?) -> String {
    let text = "waiting for an answer from \(servers)"
    guard let trouble else { return text }
    return "\(text): \(trouble); does --server (CORDWOOD_SERVER) name a server's ingest port?"
  }

  /// False when it is over.
  private func pause() async -> Bool {
    do throws(CancellationError) { try await clock.sleep(for: Self.interval) } catch { return false }
    return true
  }
}
