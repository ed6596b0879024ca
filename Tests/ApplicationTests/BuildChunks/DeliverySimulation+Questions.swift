@testable import Application
import Domain

/// Queries while all that happens, and the account at the end.
extension DeliverySimulation {
  mutating func ask() {
    questions.append(Question(acknowledged: acknowledged, bounds: bounds))
  }

  /// One step of one question: the owner first, then the index.
  mutating func answer() {
    guard !questions.isEmpty else { return }
    let number = random.below(questions.count)
    let isOwnersTurn = broken == .recentAfterIndex ? questions[number].indexed != nil : questions[number].recent == nil
    if questions[number].recent == nil, isOwnersTurn {
      guard let ledger = owners[random.below(owners.count)].ledger else { return }
      guard ledger.epoch == questions[number].bounds.epoch else {
        questions.remove(at: number)
        return
      }
      questions[number].recent = recentAnswer(ledger, questions[number].bounds)
    } else if questions[number].indexed == nil {
      questions[number].indexed = IndexView(
        chunks: IndexedChunks(
          generation: isWhole ? index.generation : nil, epoch: index.epoch, watermark: index.watermark,
          gaps: index.gaps, chunks: []),
        messages: stored)
    }
    guard let recent = questions[number].recent, let indexed = questions[number].indexed else { return }
    let question = questions.remove(at: number)
    merge(question, recent, indexed)
  }

  private func recentAnswer(_ ledger: PartitionLedger, _ bounds: LogBounds) -> RecentAnswer {
    RecentAnswer(
      epoch: ledger.epoch, gaps: ledger.gaps, from: broken == .recentAfterIndex ? 0 : ledger.watermark,
      end: ledger.position, logEnd: bounds.end, batches: ledger.recentBatches,
      isProvisional: ledger.isProvisional && broken != .provisionalMerged)
  }

  private mutating func merge(_ question: Question, _ recent: RecentAnswer, _ indexed: IndexView) {
    var answer = recent
    if broken == .otherGapsMerged {
      answer = RecentAnswer(
        epoch: recent.epoch, gaps: indexed.chunks.gaps, from: recent.from, end: recent.end, logEnd: recent.logEnd,
        batches: recent.batches)
    }
    let (plan, isSettled) = QueryPlanner.merge(.success(answer), indexed.chunks, of: Self.partition, in: .all)
    var shortfalls = plan.shortfalls
    if broken == .completeWithoutMarker { shortfalls.removeAll { $0 == .indexNotWhole } }
    var batches = plan.batches
    if isSettled, broken == .keepRecentBelowWatermark { batches = recent.batches.map(\.events) }
    let found = indexed.messages + batches.flatMap(Self.messages)
    if Set(found).count != found.count, indexed.chunks.generation != nil {
      faults.append("an answer shows an event twice")
    }
    guard shortfalls.isEmpty else { return }
    completeAnswers += 1
    if !question.acknowledged.isSubset(of: found) { faults.append("a complete answer lacks an acknowledged event") }
  }

  /// Everything under way ends: an index is there again, senders deliver the rest, one owner finishes.
  mutating func settle() {
    owners = [Owner(), Owner()]
    snapshotsInHand = []
    while !isWhole || rebuild != nil { stepRebuild() }
    for number in senders.indices {
      while !senders[number].open.isEmpty { send(number, calm: true) }
    }
    var turns = 0
    while turns < 4_000, !isSettled {
      beginEpoch()
      step(0)
      turns += 1
    }
    account()
  }

  private var isSettled: Bool {
    guard let ledger = owners[0].ledger, owners[0].planned == nil else { return false }
    return index.epoch ?? epoch == epoch && ledger.generation == index.generation && index.watermark == bounds.end
  }

  private mutating func account() {
    if !isSettled { faults.append("stuck at \(index.watermark) of \(log.count)") }
    for object in index.objects where store[object.key] == nil { faults.append("an object that is named is gone") }
    let stored = stored
    if Set(stored).count != stored.count { faults.append("an event is stored twice") }
    let lost = acknowledged.union(safe).subtracting(stored).filter { message in
      safe.contains(message) || !(copies[message] ?? []).allSatisfy(isExcused)
    }
    if !lost.isEmpty { faults.append("lost: \(lost.sorted().prefix(3))") }
    if !index.letters.isEmpty { faults.append("dead letters without a reason") }
  }
}
