import Application
import Domain
import InMemoryAdapter
import Testing

/// An agent that follows files in memory, its journal, and a server. Time passes as soon as somebody waits for it.
struct TailBench: Sendable {
  let clock = ScriptedClock()
  let tree: InMemoryFileTree
  let journal: InMemoryAgentJournal
  let ingestor: FakeIngestor
  let telemetry = RecordingTelemetry()
  var options = TailOptions(tenant: .default)
  var patterns = ["/logs/*"]
  /// Takes the place of `journal`, if there is one.
  var sabotagedJournal: SabotagedAgentJournal?
  /// Takes the place of `ingestor`, if there is one.
  var hastySink: HastySink?

  init(journalBytes: Int = 64 << 20, reusesInodes: Bool = false) {
    tree = InMemoryFileTree(reusesInodes: reusesInodes)
    journal = InMemoryAgentJournal(producer: ProducerID(Identifier128(high: 7, low: 7)), limitBytes: journalBytes)
    ingestor = FakeIngestor(clock: clock)
    options.lines.format = .text
  }

  /// Runs an agent while `body` does what programs and operators do, then stops it in an orderly way.
  @discardableResult
  func following(_ body: (FollowingAgent) async throws -> Void) async throws -> DeliveryReport {
    let agent = try FollowingAgent(self)
    do { try await body(agent) } catch {
      _ = await agent.stop()
      throw error
    }
    return await agent.stop()
  }

  func append(_ text: String, to path: String) { tree.append(Array(text.utf8), to: path) }

  var agentJournal: any AgentJournal { sabotagedJournal ?? journal }

  var sink: any BatchSink { hastySink ?? ingestor }

  /// The agent's process ends without a word.
  func crash() async throws {
    if let sabotagedJournal { try await sabotagedJournal.crash() } else { await journal.crash() }
  }

  /// All messages that the server has, of all services.
  var messages: [String] { get async { await ingestor.messages.values.flatMap(\.self) } }
}
