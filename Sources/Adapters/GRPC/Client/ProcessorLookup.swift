import Application
import Domain

/// What the directory of processors said last, asked again when that is too old: one question at a time, for all who want to
/// know.
actor ProcessorLookup {
  /// Who claims a partition, the later owner first.
  struct Listing: Sendable {
    let claimants: [ProcessorEntry]
    /// Why this is only what was known before.
    let trouble: String?
  }

  private struct Reading: Sendable {
    let askedAt: Duration
    let answer: Result<[ProcessorEntry], ProcessorDirectoryError>
  }

  private let directory: any ProcessorDirectory
  private let deadline: Duration
  private let clock: any WallClock
  private let reading = SingleFlight<Reading>()
  private var known: (entries: [ProcessorEntry], readAt: Duration)?

  init(directory: any ProcessorDirectory, deadline: Duration, clock: any WallClock) {
    self.directory = directory
    self.deadline = deadline
    self.clock = clock
  }

  /// - Parameter age: The directory is asked if what it said is older.
  /// - Throws: `.unavailable` if it never answered; `.cancelled`.
  func claimants(of partition: PartitionID, notOlderThan age: Duration) async throws(RecentEventsError) -> Listing {
    if let known, clock.elapsed() - known.readAt < age {
      return Listing(claimants: Self.claimants(of: partition, in: known.entries), trouble: nil)
    }
    guard let reading = await reading.value({ [self] in await read() }), !Task.isCancelled else { throw .cancelled }
    do throws(ProcessorDirectoryError) {
      let entries = try reading.answer.get()
      known = (entries, reading.askedAt)
      return Listing(claimants: Self.claimants(of: partition, in: entries), trouble: nil)
    } catch {
      let trouble = "the directory of processors does not answer: \(Self.reason(error))"
      guard let known else { throw .unavailable(reason: trouble) }
      return Listing(claimants: Self.claimants(of: partition, in: known.entries), trouble: trouble)
    }
  }

  /// Ends the question under way.
  func close() async { await reading.close() }

  private nonisolated func read() async -> Reading {
    let askedAt = clock.elapsed()
    let answer = await clock.result(within: deadline) {
      [directory] () async -> Result<[ProcessorEntry], ProcessorDirectoryError> in
      do throws(ProcessorDirectoryError) { return .success(try await directory.processors()) } catch {
        return .failure(error)
      }
    }
    return Reading(
      askedAt: askedAt, answer: answer ?? .failure(.unavailable(reason: "no answer within \(deadline)")))
  }

  private static func claimants(of partition: PartitionID, in entries: [ProcessorEntry]) -> [ProcessorEntry] {
    entries.compactMap { entry in entry.partitions[partition].map { (entry, since: $0) } }
      .sorted { $0.since > $1.since }
      .map(\.0)
  }

  private static func reason(_ error: ProcessorDirectoryError) -> String {
    switch error {
    case .unavailable(let reason): reason
    case .cancelled: "the question was cancelled"
    }
  }
}
