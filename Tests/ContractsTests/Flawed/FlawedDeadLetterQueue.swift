import Application
import DeadLetterQueueContract
import Domain

/// A queue in memory that breaks one promise, or none.
actor FlawedDeadLetterQueue: DeadLetterQueue {
  private let flaw: DeadLetterQueuePromise?
  private var letters: [DeadLetter] = []
  private var callsUnderWay = 0

  init(breaking flaw: DeadLetterQueuePromise?) { self.flaw = flaw }

  func append(_ fresh: [DeadLetter]) async throws(DeadLetterQueueError) {
    if Task.isCancelled, flaw != .cancelledCallsSaySo { throw .cancelled }
    if flaw == .appendingNothingIsNoError, fresh.isEmpty { throw .unavailable(retryAfter: nil, reason: "") }
    let known = Set(letters.map(\.id))
    callsUnderWay += 1
    defer { callsUnderWay -= 1 }
    if flaw == .takesManyAppendsAtOnce {
      try? await Task.sleep(for: .milliseconds(1))
      // Forgets what comes at the same time as something else.
      if callsUnderWay > 1 { return }
    }
    for letter in fresh {
      let isKnown: Bool =
        switch flaw {
        case .keepsALetterOnce: false
        case .keepsALetterOnceWithinACall: known.contains(letter.id)
        case .tellsSimilarLettersApart: letters.contains { $0.content == letter.content }
        default: letters.contains { $0.id == letter.id }
        }
      if !isKnown { keep(letter) }
    }
  }

  func read(from position: UInt64, limit: Int) async throws(DeadLetterQueueError) -> DeadLetterPage {
    if flaw == .beginsEmpty, letters.isEmpty { throw .corrupt(reason: "") }
    let start = min(Int(position), letters.count)
    let end = flaw == .readsInPages ? letters.count : min(start + limit, letters.count)
    let hasMore = end < letters.count
    // One that shows no more than there was when the first page was read would stop here.
    let shown = flaw == .showsWhatIsAppendedAfterTheEnd ? min(end, 2) : end
    return DeadLetterPage(letters: Array(letters[min(start, shown)..<shown]), next: hasMore ? UInt64(end) : nil)
  }

  private func keep(_ letter: DeadLetter) {
    let isLarge = if case .record(let bytes) = letter.content { bytes.count > 1_000_000 } else { false }
    if flaw == .takesTheLargestLetter, isLarge { return }
    if flaw == .readsBackEveryKindOfLetter, letter.tenant == nil { return }
    if flaw == .keepsTheOrder { letters.insert(letter, at: 0) } else { letters.append(letter) }
  }
}
