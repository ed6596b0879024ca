import Domain

/// Lists, shows, replays and drops dead letters.
package struct OperateDeadLetters: DeadLetterOperations {
  /// Letters that one page of a list looks at, whether they match or not: so much is read before it answers.
  static let scannedLetters = 10_000

  private let ports: DeadLetterPorts
  private let letters: PublishedLetters

  package init(ports: DeadLetterPorts) {
    self.ports = ports
    letters = PublishedLetters(queue: ports.queue, index: ports.index)
  }

  package func list(
    _ selection: DeadLetterSelection, from position: UInt64, limit: Int
  ) async throws(DeadLetterOperationsError) -> DeadLetterList {
    if !selection.numbers.isEmpty { return try await list(selection) }
    var found: [DeadLetterSummary] = []
    var next: UInt64? = position
    var scanned = 0
    while let from = next, found.count < limit, scanned < Self.scannedLetters {
      let page = try await letters.page(selection, from: from, limit: limit - found.count)
      found += page.letters.map { DeadLetterSummary($0) }
      scanned += page.scanned
      next = page.next
    }
    return DeadLetterList(letters: found, next: next)
  }

  private func list(_ selection: DeadLetterSelection) async throws(DeadLetterOperationsError) -> DeadLetterList {
    var found: [DeadLetterSummary] = []
    for number in selection.numbers {
      let letter = try await letters.letter(number, isUncommitted: selection.isUncommitted)
      if selection.matches(letter.letter) { found.append(DeadLetterSummary(letter)) }
    }
    return DeadLetterList(letters: found, next: nil)
  }

  package func letter(_ number: UInt64) async throws(DeadLetterOperationsError) -> DeadLetterDetail {
    let kept = try await letters.letter(number)
    return DeadLetterDetail(summary: DeadLetterSummary(kept), content: kept.letter.content)
  }

  package func replay(
    _ selection: DeadLetterSelection, limit: Int, isForced: Bool,
    told: @Sendable (DeadLetterReplayed) async -> Void
  ) async throws(DeadLetterOperationsError) {
    if selection.isUncommitted {
      throw .refused(
        reason:
          "letters of a flush that is not committed are not replayed: their events may be stored, or will be judged again"
      )
    }
    let replay = ReplayLetters(ports: ports, isForced: isForced)
    var left = limit
    try await each(selection) { (page) throws(DeadLetterOperationsError) in
      let chosen = Array(page.prefix(left))
      try await replay.replay(chosen, done: told)
      left -= chosen.count
      return left > 0
    }
  }

  package func drop(
    _ selection: DeadLetterSelection, isForced: Bool, told: @Sendable (DeadLetterDrop) async -> Void
  ) async throws(DeadLetterOperationsError) {
    if selection.isUncommitted { try checkUncommittedDrop(isForced: isForced) }
    try await each(selection) { (page) throws(DeadLetterOperationsError) in
      let chosen = page.filter { isForced || $0.replay?.outcome == .accepted }.map(\.position)
      var count = 0
      if !chosen.isEmpty {
        do throws(DeadLetterQueueError) { count = try await ports.queue.drop(chosen) } catch {
          throw DeadLetterOperationsError(error)
        }
        ports.telemetry.record(.deadLettersDropped(count: count))
      }
      if !page.isEmpty { await told(DeadLetterDrop(dropped: count, kept: page.count - chosen.count)) }
      return true
    }
  }

  /// A letter that is dropped between the moment in which a flush has written it and that flush's commit would be lost: named
  /// in the index, and nowhere to be found. Where no flush is under way, one that finds the same again writes it anew.
  private func checkUncommittedDrop(isForced: Bool) throws(DeadLetterOperationsError) {
    if ports.mayFlush {
      throw .refused(
        reason: "a flush that names them may be under way: stop the server, then run the same command again")
    }
    if !isForced { throw .refused(reason: "what is in them is lost then: --force drops them") }
  }

  /// Goes over all letters that match, a page at a time, for as long as `body` says so.
  ///
  /// Ends at the letter that was the newest when it began: a replay that makes new letters does not follow itself for ever.
  private func each(
    _ selection: DeadLetterSelection,
    _ body: ([KeptDeadLetter]) async throws(DeadLetterOperationsError) -> Bool
  ) async throws(DeadLetterOperationsError) {
    if !selection.numbers.isEmpty {
      // All of them first, so that a number that is none changes nothing.
      for number in selection.numbers {
        _ = try await letters.letter(number, isUncommitted: selection.isUncommitted)
      }
      for number in selection.numbers {
        let letter = try await letters.letter(number, isUncommitted: selection.isUncommitted)
        guard selection.matches(letter.letter) else { continue }
        guard try await body([letter]) else { return }
      }
      return
    }
    let start = ports.clock.now()
    var next: UInt64? = 0
    while let from = next {
      if Task.isCancelled { throw .cancelled }
      let page = try await letters.page(selection, from: from)
      let known = page.letters.filter { $0.letter.time <= start }
      guard try await body(known) else { return }
      next = page.next
    }
  }
}
