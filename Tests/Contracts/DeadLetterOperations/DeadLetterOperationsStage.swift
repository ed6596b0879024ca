package import Application
package import Domain

/// Operations with what stands behind them, fresh for each promise.
///
/// Events are their messages: the stage's decoding takes any bytes for an event with that message, and refuses those that begin
/// with `bad` as `.messageTooLong` until `allowsBadEvents`.
package struct DeadLetterOperationsStage: Sendable {
  package let operations: any DeadLetterOperations
  /// Puts letters into the queue, as ingestors and owners do.
  package let put: @Sendable ([DeadLetter]) async throws -> Void
  /// Commits a flush that names these letters.
  package let publish: @Sendable ([DeadLetterID]) async throws -> Void
  /// What the log has: the producer of each batch and the messages of its events.
  package let taken: @Sendable () async throws -> [(producer: ProducerID, messages: [String])]
  package let allowBadEvents: @Sendable () async throws -> Void

  package init(
    operations: any DeadLetterOperations, put: @escaping @Sendable ([DeadLetter]) async throws -> Void,
    publish: @escaping @Sendable ([DeadLetterID]) async throws -> Void,
    taken: @escaping @Sendable () async throws -> [(producer: ProducerID, messages: [String])],
    allowBadEvents: @escaping @Sendable () async throws -> Void
  ) {
    self.operations = operations
    self.put = put
    self.publish = publish
    self.taken = taken
    self.allowBadEvents = allowBadEvents
  }

  func listed(_ selection: DeadLetterSelection = .init(), limit: Int = 100) async throws -> [DeadLetterSummary] {
    var letters: [DeadLetterSummary] = []
    var position: UInt64? = 0
    while let from = position {
      let page = try await operations.list(selection, from: from, limit: limit)
      letters += page.letters
      position = page.next
    }
    return letters
  }

  func replayed(
    _ selection: DeadLetterSelection = .init(), limit: Int = .max, isForced: Bool = false
  ) async throws -> [DeadLetterReplayed.Result] {
    let told = Told<DeadLetterReplayed>()
    try await operations.replay(selection, limit: limit, isForced: isForced) { await told.add($0) }
    return await told.values.map(\.result)
  }

  func dropped(_ selection: DeadLetterSelection = .init(), isForced: Bool = false) async throws -> DeadLetterDrop {
    let told = Told<DeadLetterDrop>()
    try await operations.drop(selection, isForced: isForced) { await told.add($0) }
    return await told.values.reduce(DeadLetterDrop(dropped: 0, kept: 0)) {
      DeadLetterDrop(dropped: $0.dropped + $1.dropped, kept: $0.kept + $1.kept)
    }
  }

  func messages() async throws -> [String] { try await taken().flatMap(\.messages) }
}

/// Keeps what it is told.
private actor Told<Value: Sendable> {
  private(set) var values: [Value] = []

  func add(_ value: Value) { values.append(value) }
}
