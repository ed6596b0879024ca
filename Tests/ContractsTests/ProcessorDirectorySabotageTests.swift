import Application
import Domain
import ProcessorDirectoryContract
import Testing

@Suite("The contract of processor directories", .timeLimit(.minutes(1)))
struct ProcessorDirectorySabotageTests {
  @Test("is kept by a right directory", arguments: ProcessorDirectoryPromise.allCases)
  func isKept(_ promise: ProcessorDirectoryPromise) async throws { try await check(promise, nil) }

  @Test("notices a wrong directory", arguments: FaultyDirectory.Fault.allCases)
  func notices(_ fault: FaultyDirectory.Fault) async {
    // The issue is what is wanted: a promise that lets a wrong directory pass fails here.
    for promise in fault.broken {
      await withKnownIssue("\(fault) breaks \(promise)") { try await check(promise, fault) }
    }
  }

  @Test("has no promise that nobody can break")
  func isTested() {
    #expect(Set(FaultyDirectory.Fault.allCases.flatMap(\.broken)) == Set(ProcessorDirectoryPromise.allCases))
  }

  private func check(_ promise: ProcessorDirectoryPromise, _ fault: FaultyDirectory.Fault?) async throws {
    let directory = FaultyDirectory(fault)
    try await promise.check(on: directory, lifetime: .seconds(10)) { await directory.advance(by: $0) }
  }
}

/// A directory with its own time, and with one thing wrong or nothing.
actor FaultyDirectory: ProcessorDirectory {
  enum Fault: String, CaseIterable {
    case inventsOne, listsNone, keepsTheFirst, neverEnds, doesNotProlong, forgetsWithdrawals, withdrawsAll
    case ordersByAnnouncement, keepsFewPartitions, ignoresCancellation

    var broken: [ProcessorDirectoryPromise] {
      switch self {
      case .inventsOne: [.isEmptyAtFirst]
      case .listsNone: [.listsWhatWasAnnounced]
      case .keepsTheFirst: [.announcementReplaces]
      case .neverEnds: [.endsByItself]
      case .doesNotProlong: [.announcementProlongs]
      case .forgetsWithdrawals: [.withdrawnIsGone]
      case .withdrawsAll: [.withdrawsOnlyWhatIsNamed]
      case .ordersByAnnouncement: [.laterOwnerComesFirst]
      case .keepsFewPartitions: [.keepsManyPartitions]
      case .ignoresCancellation: [.cancelledTaskAnnouncesNothing]
      }
    }
  }

  private let fault: Fault?
  private var entries: [(entry: ProcessorEntry, end: Duration)] = []
  private var now = Duration.zero

  init(_ fault: Fault?) { self.fault = fault }

  func advance(by duration: Duration) { now += duration }

  func announce(_ processor: ProcessorEntry, for lifetime: Duration) throws(ProcessorDirectoryError) {
    if Task.isCancelled, fault != .ignoresCancellation { throw .cancelled }
    let known = entries.first { $0.entry.processor == processor.processor && now < $0.end }
    if fault == .keepsTheFirst, known != nil { return }
    entries.removeAll { $0.entry.processor == processor.processor }
    let kept = processor.partitions.filter { fault != .keepsFewPartitions || $0.key.number < 1_000 }
    let entry = ProcessorEntry(processor: processor.processor, address: processor.address, partitions: kept)
    let end = fault == .doesNotProlong ? known?.end ?? now + lifetime : now + lifetime
    entries.append((entry, end))
  }

  func withdraw(_ processor: Identifier128) {
    if fault == .forgetsWithdrawals { return }
    entries.removeAll { $0.entry.processor == processor || fault == .withdrawsAll }
  }

  func processors() -> [ProcessorEntry] {
    let stranger = ProcessorEntry(processor: Identifier128(high: 1, low: 1), address: "nowhere:1", partitions: [:])
    switch fault {
    case .inventsOne: return [stranger]
    case .listsNone: return []
    default:
      let live = entries.filter { now < $0.end || fault == .neverEnds }.map(\.entry)
      return fault == .ordersByAnnouncement ? live : live.latestOwnersFirst
    }
  }
}
