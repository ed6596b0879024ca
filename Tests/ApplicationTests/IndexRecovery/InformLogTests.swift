import Application
import Domain
import InMemoryAdapter
import TestSupport
import Testing

/// A log of which others know more than it has.
@Suite("a log that was set back to an older copy", .timeLimit(.minutes(1)))
struct InformLogTests {
  private static let partition = RecoveryStage.partition
  private let stage = RecoveryStage()

  @Test("takes nothing in, by what the index has committed")
  func byTheIndex() async throws {
    try await stage.flush(0..<2)
    let shorter = InMemoryEventLog(clock: stage.pipeline.clock)
    await inform(shorter).run()
    try await expectRefusal(by: shorter, known: 6)
    let isTold = stage.pipeline.telemetry.events.contains { event in
      if case .trouble(let area, let reason) = event {
        "\(area)" == "log" && reason.contains("older copy")
      } else {
        false
      }
    }
    #expect(isTold)
  }

  @Test("takes nothing in by what a snapshot has, where the index was lost", arguments: [true, false])
  func bySnapshots(_ isOlder: Bool) async throws {
    try await stage.flush(0..<1)
    let older = await stage.pipeline.index.contents
    try await stage.flush(1..<2)
    try await stage.snapshots.take(of: Self.partition)
    if isOlder { await stage.pipeline.index.restore(older) } else { await stage.pipeline.index.forgetEverything() }
    let shorter = InMemoryEventLog(clock: stage.pipeline.clock)
    await inform(shorter).run()
    try await expectRefusal(by: shorter, known: 6)
  }

  @Test("is told from one that has all, from a new one, and from one of which nothing is known")
  func others() async throws {
    try await stage.flush(0..<2)
    let log = stage.pipeline.log
    await inform(log).run()
    #expect(try await log.append(try record(), to: Self.partition).offset == 6)
    let replaced = InMemoryEventLog(
      epoch: LogEpoch(Identifier128(high: 9, low: 9)), clock: stage.pipeline.clock)
    await inform(replaced).run()
    #expect(try await replaced.append(try record(), to: Self.partition).offset == 0)
    await stage.pipeline.index.forgetEverything()
    let unknown = InMemoryEventLog(clock: stage.pipeline.clock)
    await inform(unknown).run()
    #expect(try await unknown.append(try record(), to: Self.partition).offset == 0)
  }

  private func inform(_ log: InMemoryEventLog) -> InformLog {
    let ports = stage.ports
    return InformLog(
      ports: IndexRecoveryPorts(
        log: log, index: ports.index, store: ports.store, lease: ports.lease, clock: ports.clock,
        identifiers: ports.identifiers, telemetry: ports.telemetry),
      configuration: stage.configuration, codecs: BlockCodecs([PlainCodec()]))
  }

  private func record() throws -> EncodedRecord {
    Batches.record(["one"], stream: try Batches.stream(), producer: Batches.producer(0), sequence: 0)
  }

  private func expectRefusal(by log: InMemoryEventLog, known: UInt64) async throws {
    let error = await #expect(throws: EventLogError.self) { try await log.append(try record(), to: Self.partition) }
    guard case .setBack(let setback) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(setback.known == known)
  }
}
