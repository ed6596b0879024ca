import Domain

/// Which letters the topic holds and where, without their contents: a plain state machine, fed with the topic's messages in
/// their order.
///
/// Several processes write: of two letters with one id the first counts as long as it is there.
struct LetterIndex: Sendable {
  struct Entry: NumberedLetter, Sendable {
    /// Also says where the letter lies.
    let number: UInt64
    /// Where its last replay lies; 0 if it was never replayed.
    var replay: UInt64 = 0
    var size: UInt32
  }

  /// Ascending by number.
  private(set) var entries: [Entry] = []
  /// The offset of the next message to look at.
  private(set) var next: UInt64 = 0
  private var hashes = LetterHashes()

  func contains(_ hash: Identifier128) -> Bool { hashes.contains(hash) }

  /// The offset below which nothing is needed any more.
  var floor: UInt64 { entries.first.map { LetterMessage.place(of: $0.number).offset } ?? next }

  mutating func apply(_ records: [LetterRecord], at offset: UInt64) {
    next = max(next, offset + 1)
    var dropped: Set<UInt64> = []
    for (index, record) in records.enumerated() {
      let number = LetterMessage.number(offset: offset, index: index)
      switch record {
      case .letter(_, let letter):
        let hash = LetterHashes.hash(letter.id)
        if hashes.contains(hash) { continue }
        hashes.insert(hash)
        entries.append(Entry(number: number, size: UInt32(clamping: letter.content.bytes.count)))
      case .replay(let letter, _):
        if let index = entries.index(ofNumber: letter) { entries[index].replay = number }
      case .dropped(let letter, let id):
        guard entries.index(ofNumber: letter) != nil, dropped.insert(letter).inserted else { continue }
        hashes.remove(LetterHashes.hash(id))
      case .nextNumber: break
      }
    }
    if !dropped.isEmpty { entries.removeAll { dropped.contains($0.number) } }
  }

  /// The topic begins at this offset. Letters that were known below it have been dropped since by somebody whose records of it
  /// are gone too: then all is forgotten, to be read anew, since which hashes were theirs is not known.
  mutating func begin(at offset: UInt64) {
    if !entries.isEmpty, floor < offset { self = LetterIndex() }
    next = max(next, offset)
  }
}
