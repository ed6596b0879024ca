import Application
import Domain
import InProcessAdapter
import RecentEventsContract
import TestSupport
import Threads
import Transport

@testable import GRPCAdapter

/// Two processors, a directory that knows what they own, and one who asks them.
actor ProcessorFleet: RecentEventsSetup {
  let loop = EventLoop()
  let directory = ScriptedProcessors()
  let client: GRPCRecentEvents
  let processors: [TestProcessor]
  private let registries = [InProcessRecentEvents(), InProcessRecentEvents()]
  private var owned: [[PartitionID: InProcessRecentEvents.Registration]] = [[:], [:]]
  private var since: [[PartitionID: Timestamp]] = [[:], [:]]
  private var nextTime: Int64 = 1
  private var nextOwner = 0

  /// - Parameters:
  ///   - secret: Of the processors.
  ///   - asker: The secret of who asks.
  ///   - change: Of how that one asks.
  init(
    secret: ClusterSecret? = nil, asker: ClusterSecret? = nil,
    _ change: (inout GRPCRecentEventsConfiguration) -> Void = { _ in }
  )
    throws
  {
    loop.start()
    var configuration = GRPCRecentEventsConfiguration(secret: asker)
    // What is announced is asked for at once.
    configuration.lookupLifetime = .zero
    configuration.lookupPause = .zero
    configuration.margin = .seconds(20)  // below the time limits of the suites: many tests share two cores
    change(&configuration)
    client = GRPCRecentEvents(configuration: configuration, directory: directory, loop: loop, clock: SystemClock())
    let (loop, registries) = (loop, registries)
    processors = try registries.enumerated().map { number, registry in
      try TestProcessor(registry, number: UInt64(number), loop: loop, secret: secret)
    }
  }

  nonisolated var recentEvents: any RecentEvents { client }

  /// The other processor than the last time owns it from now on.
  func own(_ partition: PartitionID, by source: any RecentEventsSource) async throws {
    try await disown(partition)
    nextOwner = 1 - nextOwner
    try await own(partition, by: source, at: nextOwner)
  }

  /// Makes one processor own it, whatever the other does.
  func own(_ partition: PartitionID, by source: any RecentEventsSource, at number: Int) async throws {
    owned[number][partition] = registries[number].register(source, for: partition)
    try await claim(partition, at: number)
  }

  /// Has the directory say that a processor owns it.
  func claim(_ partition: PartitionID, at number: Int) async throws {
    since[number][partition] = Timestamp(nanoseconds: nextTime)
    nextTime += 1
    try await announce(number)
  }

  func disown(_ partition: PartitionID) async throws {
    for number in registries.indices {
      leave(partition, at: number)
      guard since[number].removeValue(forKey: partition) != nil else { continue }
      try await announce(number)
    }
  }

  /// Takes it from a processor, without a word to the directory.
  func leave(_ partition: PartitionID, at number: Int) {
    if let registration = owned[number].removeValue(forKey: partition) { registries[number].deregister(registration) }
  }

  func stop() async {
    await client.close()
    for processor in processors { await processor.stop() }
    loop.stop()
  }

  private func announce(_ number: Int) async throws {
    try await directory.announce(await processors[number].entry(since[number]), for: .seconds(1_000))
  }

  /// Runs `body` with a fleet and stops it.
  static func run(_ fleet: ProcessorFleet, _ body: (ProcessorFleet) async throws -> Void) async throws {
    do { try await body(fleet) } catch {
      await fleet.stop()
      throw error
    }
    await fleet.stop()
  }
}
