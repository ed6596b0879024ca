import Application
import DeadLetterQueueContract
import Domain

/// A queue in memory that breaks one promise, or none.
actor FlawedDeadLetterQueue: DeadLetterQueue {
  private let flaw: DeadLetterQueuePromise?
  private var kept: [KeptDeadLetter] = []
  private var newest: UInt64 = 0
  private var callsUnderWay = 0

  init(breaking flaw: DeadLetterQueuePromise?) { self.flaw = flaw }

  func append(_ fresh: [DeadLetter]) async throws(DeadLetterQueueError) {
    if Task.isCancelled, flaw != .cancelledCallsSaySo { throw .cancelled }
    if flaw == .appendingNothingIsNoError, fresh.isEmpty { throw .unavailable(retryAfter: nil, reason: "") }
    let known = Set(kept.map(\.letter.id))
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
        case .tellsSimilarLettersApart: kept.contains { $0.letter.content == letter.content }
        default: kept.contains { $0.letter.id == letter.id }
        }
      if !isKnown { keep(letter) }
    }
  }

  func read(
    from position: UInt64, limit: Int, bytes: Int
  ) async throws(DeadLetterQueueError) -> DeadLetterPage {
    if flaw == .beginsEmpty, kept.isEmpty { throw .corrupt(reason: "") }
    let start = kept.firstIndex { $0.position >= position } ?? kept.count
    var end = start
    var room = bytes
    while end < kept.count, end - start < limit || flaw == .readsInPages {
      let size = kept[end].letter.content.bytes.count
      if end > start, size > room, flaw != .boundsTheBytesOfAPage { break }
      room -= size
      end += 1
    }
    // One that shows no more than there was when the first page was read would stop here.
    let shown = flaw == .showsWhatIsAppendedAfterTheEnd ? min(end, 2) : end
    return DeadLetterPage(
      letters: Array(kept[min(start, shown)..<shown]), next: end < kept.count ? kept[end].position : nil)
  }

  func note(_ replays: [UInt64: DeadLetterReplay]) async throws(DeadLetterQueueError) {
    if flaw == .passesOverWhatIsNotThere, replays.keys.contains(where: { position in !isThere(position) }) {
      throw .corrupt(reason: "")
    }
    for (index, letter) in kept.enumerated() {
      // The first word stands.
      if flaw == .keepsWhatBecameOfReplays, letter.replay != nil { continue }
      guard let replay = replays[letter.position] else { continue }
      kept[index] = KeptDeadLetter(position: letter.position, letter: letter.letter, replay: replay)
    }
  }

  @discardableResult
  func drop(_ positions: [UInt64]) async throws(DeadLetterQueueError) -> Int {
    let before = kept.count
    kept.removeAll { positions.contains($0.position) && flaw != .forgetsWhatIsDropped }
    if flaw == .numbersLettersForGood {
      kept = zip(1..., kept).map { KeptDeadLetter(position: $0, letter: $1.letter, replay: $1.replay) }
      newest = UInt64(kept.count)
    }
    return before - kept.count
  }

  private func isThere(_ position: UInt64) -> Bool { kept.contains { $0.position == position } }

  private func keep(_ letter: DeadLetter) {
    let isLarge = if case .record(let bytes) = letter.content { bytes.count > 1_000_000 } else { false }
    if flaw == .takesTheLargestLetter, isLarge { return }
    if flaw == .readsBackEveryKindOfLetter, letter.tenant == nil { return }
    newest += 1
    let letter = KeptDeadLetter(position: newest, letter: letter, replay: nil)
    if flaw == .keepsTheOrder { kept.insert(letter, at: 0) } else { kept.append(letter) }
  }
}
