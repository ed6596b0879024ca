import Application
import Domain
import InMemoryAdapter
import Testing

/// An agent's journal and a server to import into, in memory. Time passes as soon as somebody waits for it.
struct ImportBench: Sendable {
  let clock = ScriptedClock()
  let journal: InMemoryAgentJournal
  let ingestor: FakeIngestor
  var options = ImportOptions(tenant: .default)

  init(
    journalBytes: Int = 64 << 20, maximumBatchBytes: Int = 1 << 20,
    reply: @escaping @Sendable (Int) -> FakeIngestor.Reply = { _ in .take }
  ) {
    journal = InMemoryAgentJournal(producer: ProducerID(Identifier128(high: 7, low: 7)), limitBytes: journalBytes)
    ingestor = FakeIngestor(clock: clock, maximumBatchBytes: maximumBatchBytes, reply: reply)
  }

  /// One run of the agent over `content`, arriving in pieces.
  func run(
    _ content: [UInt8], pieceBytes: Int = 1_000, progress: @escaping @Sendable (DeliveryProgress) -> Void = { _ in }
  ) async -> DeliveryReport {
    let importEvents = ImportEvents(
      journal: journal, sink: ingestor, clock: clock, identifiers: SeededIdentifiers(seed: 1), options: options,
      progress: progress)
    let clock = clock
    let time = Task {
      while !Task.isCancelled {
        await clock.waitForSleepers()
        clock.advance(by: .seconds(1))
      }
    }
    defer { time.cancel() }
    return await importEvents { () throws(LogSourceError) in InMemoryLogSource(content: content, pieceBytes: pieceBytes)
    }
  }

  /// Lines of several services with a message that no other has, and the messages by service.
  static func content(lines: Int, seed: UInt64, services: Int = 3) -> (bytes: [UInt8], messages: [String: [String]]) {
    var random = SeededGenerator(seed: seed)
    var bytes: [UInt8] = []
    var messages: [String: [String]] = [:]
    for line in 0..<lines {
      let service = "s\(Int.random(in: 0..<services, using: &random))"
      let message = "\(seed)-\(line) " + String(repeating: "x", count: Int.random(in: 0...60, using: &random))
      messages[service, default: []].append(message)
      bytes.append(contentsOf: #"{"ts":\#(1_700_000_000 + line),"service":"\#(service)","msg":"\#(message)"}"#.utf8)
      bytes.append(UInt8(ascii: "\n"))
    }
    return (bytes, messages)
  }
}

extension DeliveryReport.End {
  var isComplete: Bool { if case .complete = self { true } else { false } }
}
