@testable import Application

extension DeliverySimulation.Break {
  /// The schedule made for it; nil where random ones come upon it soon.
  var schedule: ((inout DeliverySimulation) -> Void)? {
    switch self {
    case .snapshotByCommits, .lastWrittenSnapshot: { $0.writeOldSnapshotLate() }
    case .snapshotUnreplicated: { $0.setIndexBackBehindSnapshot() }
    default: nil
    }
  }
}

/// Schedules for what random ones do not come upon reliably.
extension DeliverySimulation {
  /// A snapshot of an older generation, with more commits than the newer one has, is written after that one began: the
  /// owner's many flushes lost to a single one of a zombie's that reaches farther.
  mutating func writeOldSnapshotLate() {
    for _ in 0..<5 { deliver() }
    for number in owners.indices { takeOver(number) }
    read(1)
    putFlush(1)
    for _ in 0..<4 {
      read(0, records: 1)
      putFlush(0)
      commitFlush(0)
    }
    let old = index
    loseAndRebuild()
    save(old)
    deliver()
    owners = [Owner(), Owner()]
    takeOver(0)
    read(0)
    putFlush(0)
    commitFlush(0)
    replicate()
    trim()
    loseAndRebuild()
    settle()
  }

  /// A fail-over loses flushes that a snapshot may have seen, and another owner's takes their place.
  mutating func setIndexBackBehindSnapshot() {
    for _ in 0..<5 { deliver() }
    for number in owners.indices { takeOver(number) }
    for _ in 0..<2 {
      read(0, records: 1)
      putFlush(0)
      commitFlush(0)
    }
    while snapshots.isEmpty { copyIndex() }
    history.removeLast(history.count - 1)
    setIndexBack()
    read(1)
    putFlush(1)
    commitFlush(1)
    replicate()
    trim()
    loseAndRebuild()
    settle()
  }

  /// A batch of the first sender is in the log, and acknowledged.
  private mutating func deliver() {
    cut(0)
    while !senders[0].open.isEmpty { send(0, calm: true) }
  }

  private mutating func read(_ number: Int, records: Int = .max) {
    for record in log.dropFirst(Int(owners[number].ledger?.position ?? 0)).prefix(records) {
      _ = owners[number].ledger?.take(record)
    }
  }

  private mutating func putFlush(_ number: Int) {
    guard var ledger = owners[number].ledger else { return }
    beginFlush(&ledger, number)
    while !owners[number].toPut.isEmpty { put(number) }
  }

  private mutating func commitFlush(_ number: Int) {
    if let planned = owners[number].planned { commit(planned, number) }
  }

  private mutating func loseAndRebuild() {
    loseIndex()
    while !isWhole { stepRebuild() }
  }
}
