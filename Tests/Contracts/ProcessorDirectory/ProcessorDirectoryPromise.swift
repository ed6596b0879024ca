package import Application
import Domain
import Testing

/// What every directory of processors promises. Left open: the order of entries that claim nothing in common.
package enum ProcessorDirectoryPromise: String, CaseIterable, Sendable {
  case isEmptyAtFirst, listsWhatWasAnnounced, announcementReplaces, endsByItself, announcementProlongs
  case withdrawnIsGone, withdrawsOnlyWhatIsNamed, laterOwnerComesFirst, keepsManyPartitions
  case cancelledTaskAnnouncesNothing

  /// - Parameters:
  ///   - directory: Fresh.
  ///   - lifetime: Announcements are made for so long: short where time really passes.
  ///   - letPass: Lets time pass.
  package func check(
    on directory: some ProcessorDirectory, lifetime: Duration, letPass: @Sendable (Duration) async throws -> Void
  ) async throws {
    let first = Self.entry(1, [0: 100, 3: .max])
    let second = Self.entry(2, [1: 5])
    func listed() async throws -> [ProcessorEntry] { try await directory.processors() }
    switch self {
    case .isEmptyAtFirst: #expect(try await listed() == [])
    case .listsWhatWasAnnounced:
      try await directory.announce(first, for: lifetime)
      try await directory.announce(second, for: lifetime)
      #expect(Set(try await listed()) == [first, second])
      #expect(try await listed().count == 2)
    case .announcementReplaces:
      try await directory.announce(first, for: lifetime)
      let other = Self.entry(1, [7: 1], address: "[::1]:2")
      try await directory.announce(other, for: lifetime)
      #expect(try await listed() == [other])
      let nothing = Self.entry(1, [:])
      try await directory.announce(nothing, for: lifetime)
      #expect(try await listed() == [nothing])
    case .endsByItself:
      try await directory.announce(first, for: lifetime)
      try await directory.announce(second, for: lifetime * 10)
      try await letPass(lifetime * 1.1)
      #expect(try await listed() == [second])
    case .announcementProlongs:
      try await directory.announce(first, for: lifetime)
      try await letPass(lifetime * 0.6)
      try await directory.announce(first, for: lifetime)
      try await letPass(lifetime * 0.6)
      #expect(try await listed() == [first])
    case .withdrawnIsGone:
      try await directory.announce(first, for: lifetime)
      try await directory.withdraw(first.processor)
      #expect(try await listed() == [])
      try await directory.announce(first, for: lifetime)
      #expect(try await listed() == [first])
    case .withdrawsOnlyWhatIsNamed:
      try await directory.withdraw(first.processor)
      try await directory.announce(first, for: lifetime)
      try await directory.withdraw(second.processor)
      #expect(try await listed() == [first])
    case .laterOwnerComesFirst: try await checkOrder(directory, lifetime)
    case .keepsManyPartitions:
      let many = Dictionary(uniqueKeysWithValues: (0..<2_000).map { ($0, Int64($0) - 1_000) })
      let entry = Self.entry(9, many, address: String(repeating: "h", count: 249) + ":50052")
      try await directory.announce(entry, for: lifetime)
      #expect(try await listed() == [entry])
    case .cancelledTaskAnnouncesNothing:
      let task = Task {
        while !Task.isCancelled { await Task.yield() }
        try await directory.announce(first, for: lifetime)
      }
      task.cancel()
      await #expect(throws: ProcessorDirectoryError.self) { try await task.value }
      #expect(try await listed() == [])
    }
  }

  private func checkOrder(_ directory: some ProcessorDirectory, _ lifetime: Duration) async throws {
    let early = Self.entry(1, [0: 10, 9: 100])
    let late = Self.entry(2, [0: 20])
    let latest = Self.entry(0, [0: 30, 4: 1])
    for entry in [early, late, latest] { try await directory.announce(entry, for: lifetime) }
    #expect(try await directory.processors() == [latest, late, early])
    // The same in another order of announcing, and with the claims the other way round.
    let swapped = [Self.entry(1, [0: 30]), Self.entry(2, [0: 20]), Self.entry(0, [0: 10])]
    for entry in swapped.reversed() { try await directory.announce(entry, for: lifetime) }
    #expect(try await directory.processors() == swapped)
  }

  private static func entry(
    _ number: UInt64, _ partitions: [Int: Int64], address: String = "processor:50052"
  ) -> ProcessorEntry {
    ProcessorEntry(
      processor: Identifier128(high: 0xAB, low: number), address: address,
      partitions: Dictionary(
        uniqueKeysWithValues: partitions.map { (PartitionID($0.key), Timestamp(nanoseconds: $0.value)) }))
  }
}
