@testable import Application
import Domain

/// Queries while all that happens, and the account at the end.
extension DeliverySimulation {
  mutating func ask() {
    questions.append(Question(acknowledged: acknowledged, logEnd: UInt64(log.count)))
  }

  /// One step of one question: the owner first, then the index.
  mutating func answer() {
    guard !questions.isEmpty else { return }
    let number = random.below(questions.count)
    let isOwnersTurn = broken == .recentAfterIndex ? questions[number].indexed != nil : questions[number].recent == nil
    if questions[number].recent == nil, isOwnersTurn {
      guard let ledger = owners[random.below(owners.count)].ledger else { return }
      let messages = ledger.recentBatches.flatMap { batch in Self.messages(batch.events).map { (batch.offset, $0) } }
      questions[number].recent = RecentView(
        from: ledger.watermark, end: ledger.position, gaps: ledger.gaps, messages: messages)
    } else if questions[number].indexed == nil {
      questions[number].indexed = IndexView(
        isWhole: isWhole, watermark: index.watermark, gaps: index.gaps, messages: stored)
    }
    guard let recent = questions[number].recent, let indexed = questions[number].indexed else { return }
    let question = questions.remove(at: number)
    merge(question, recent, indexed)
  }

  private mutating func merge(_ question: Question, _ recent: RecentView, _ indexed: IndexView) {
    let isInStep = recent.from <= indexed.watermark && recent.gaps == indexed.gaps || broken == .recentAfterIndex
    let isComplete =
      isInStep && recent.end >= question.logEnd && indexed.gaps.isEmpty
      && indexed.isWhole
    var found = indexed.messages
    if isInStep {
      found += recent.messages.filter { $0.0 >= indexed.watermark || broken == .keepRecentBelowWatermark }.map(\.1)
    }
    if Set(found).count != found.count { faults.append("an answer shows an event twice") }
    guard isComplete else { return }
    completeAnswers += 1
    if !question.acknowledged.isSubset(of: found) { faults.append("a complete answer lacks an acknowledged event") }
  }

  /// Everything under way ends: an index is there again, senders deliver the rest, one owner finishes.
  mutating func settle() {
    owners = [Owner(), Owner()]
    while !isWhole || rebuild != nil { stepRebuild() }
    for number in senders.indices {
      while !senders[number].open.isEmpty { send(number, calm: true) }
    }
    var turns = 0
    while turns < 4_000, owners[0].ledger == nil || index.watermark < UInt64(log.count) || owners[0].planned != nil {
      step(0)
      turns += 1
    }
    account()
  }

  private mutating func account() {
    if index.watermark < UInt64(log.count) { faults.append("stuck at \(index.watermark) of \(log.count)") }
    for object in index.objects where store[object.key] == nil { faults.append("an object that is named is gone") }
    let stored = stored
    if Set(stored).count != stored.count { faults.append("an event is stored twice") }
    let lost = acknowledged.union(safe).subtracting(stored).filter { message in
      // Every copy of it lies where somebody else took records before they were committed, and the index says so.
      safe.contains(message)
        || !(copies[message] ?? []).allSatisfy { offset in
          offset < taken && index.gaps.contains { ($0.from..<$0.end).contains(offset) }
        }
    }
    if !lost.isEmpty { faults.append("lost: \(lost.sorted().prefix(3))") }
    if !index.letters.isEmpty { faults.append("dead letters without a reason") }
  }
}
