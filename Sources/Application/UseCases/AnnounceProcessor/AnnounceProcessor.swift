package import Domain

/// Tells the directory which partitions this processor owns, as long as it runs, and takes it out at the end.
///
/// Whoever owns a partition calls `owns` and `gaveUp` around it (the session of `PartitionOwnership`).
package actor AnnounceProcessor {
  private let processor: Identifier128
  private let address: String
  private let directory: any ProcessorDirectory
  private let clock: any WallClock
  private let telemetry: any Telemetry
  private let configuration: AnnounceProcessorConfiguration

  private var partitions: [PartitionID: Timestamp] = [:]
  private var hasChanged = false
  /// What is waited for between two announcements; cancelled when something changes.
  private var pause: Task<Void, Never>?

  /// - Parameters:
  ///   - processor: Made anew with each start of the process.
  ///   - address: Where it answers about recent events, as others reach it: `host:port`, at most 255 bytes.
  package init(
    processor: Identifier128, address: String, directory: any ProcessorDirectory, clock: any WallClock,
    telemetry: any Telemetry, configuration: AnnounceProcessorConfiguration = AnnounceProcessorConfiguration()
  ) {
    self.processor = processor
    self.address = address
    self.directory = directory
    self.clock = clock
    self.telemetry = telemetry
    self.configuration = configuration
  }

  /// The partition is owned from now on: announced at once.
  package func owns(_ partition: PartitionID) {
    partitions[partition] = clock.now()
    change()
  }

  /// The partition is not owned any more: announced at once. Nothing happens if it was not.
  package func gaveUp(_ partition: PartitionID) {
    guard partitions.removeValue(forKey: partition) != nil else { return }
    change()
  }

  /// Announces until the task is cancelled, then withdraws; returns within the configured deadline of that. A directory that
  /// is away is told through telemetry and tried again.
  package func run() async {
    while !Task.isCancelled {
      hasChanged = false
      let isTold = await announce()
      await wait(isTold ? configuration.interval : configuration.retryWait, evenIfChanged: !isTold)
    }
    // Not in the cancelled task: this is still to be said.
    await Task { await self.withdraw() }.value
  }

  private func change() {
    hasChanged = true
    pause?.cancel()
  }

  private func announce() async -> Bool {
    let entry = ProcessorEntry(processor: processor, address: address, partitions: partitions)
    return await tell("announced") {
      [directory, lifetime = configuration.lifetime] () throws(ProcessorDirectoryError) in
      try await directory.announce(entry, for: lifetime)
    }
  }

  private func withdraw() async {
    _ = await tell("withdrawn") { [directory, processor] () throws(ProcessorDirectoryError) in
      try await directory.withdraw(processor)
    }
  }

  /// - Returns: Whether the directory has taken it.
  private func tell(
    _ what: String, _ call: @escaping @Sendable () async throws(ProcessorDirectoryError) -> Void
  ) async -> Bool {
    let deadline = configuration.deadline
    let outcome = await clock.result(within: deadline) { () async -> Result<Void, ProcessorDirectoryError> in
      do throws(ProcessorDirectoryError) { return .success(try await call()) } catch { return .failure(error) }
    }
    if outcome == nil, Task.isCancelled { return false }
    switch outcome ?? .failure(.unavailable(reason: "no answer within \(deadline)")) {
    case .success: return true
    case .failure(.cancelled): return false
    case .failure(.unavailable(let reason)):
      telemetry.record(.trouble(area: "directory", reason: "this processor could not be \(what): \(reason)"))
      return false
    }
  }

  /// Returns after `duration`, at a change, or when the task is cancelled.
  ///
  /// - Parameter evenIfChanged: Waits all of it: a directory that is away is not asked with every change.
  private func wait(_ duration: Duration, evenIfChanged: Bool) async {
    if hasChanged, !evenIfChanged { return }
    let pause = Task { [clock] in
      // A change ends the sleep.
      do throws(CancellationError) { try await clock.sleep(for: duration) } catch {}
    }
    if !evenIfChanged { self.pause = pause }
    await withTaskCancellationHandler {
      await pause.value
    } onCancel: {
      pause.cancel()
    }
    self.pause = nil
  }
}
