package import Domain

/// What an import or a generator has done so far.
package struct DeliveryCounts: Equatable, Sendable {
  /// Events cut or made in this run, to be sent.
  package var events = 0
  /// Events of an earlier run that were in the journal without an acknowledgement, and were sent again.
  package var resentEvents = 0
  package var batches = 0
  /// Events of batches whose outcome is known.
  package var settledEvents = 0
  /// Events that the server has: those settled but for the dead letters.
  package var acceptedEvents = 0
  /// Events that the server gave the time of receipt, keeping theirs beside it.
  package var retimedEvents = 0
  package var deadLetters: [DeadLetterReason: Int] = [:]
  /// Lines that an earlier run had imported already.
  package var alreadyImportedLines = 0
  package var skippedLines = 0

  package init() {}

  /// Notes batches that are to be sent.
  mutating func add(_ batches: [JournaledBatch], isResent: Bool) {
    let count = batches.reduce(0) { $0 + $1.eventCount }
    if isResent { resentEvents += count } else { events += count }
    self.batches += batches.count
  }

  /// Notes the outcome of a batch of `events`. `.retryAfter` is none.
  mutating func settle(_ events: Int, _ outcome: BatchOutcome) {
    switch outcome {
    case .accepted(_, let retimed, let rejections):
      settledEvents += events
      acceptedEvents += events - rejections.count
      retimedEvents += retimed
      for rejection in rejections { deadLetters[.event(rejection.reason), default: 0] += 1 }
    case .deadLettered(let reason):
      settledEvents += events
      deadLetters[reason, default: 0] += events
    case .retryAfter: break
    }
  }
}
