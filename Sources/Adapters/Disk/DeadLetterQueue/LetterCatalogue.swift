import Domain

/// Which letters a file holds and where, without their contents: 40 bytes a letter, and its id's hash.
struct LetterCatalogue: Sendable {
  struct Entry: NumberedLetter, Sendable {
    let number: UInt64
    /// Of the letter's frame in the file.
    let position: Int
    /// Of the frame of its last replay; 0 if it was never replayed.
    var replayPosition = 0
    /// Of the letter's frame.
    let bytes: UInt32
    /// Of the frame of its last replay.
    var replayBytes: UInt32 = 0
    let reason: DeadLetterReason
  }

  /// Ascending by number.
  private(set) var entries: [Entry] = []
  private(set) var nextNumber: UInt64 = 1
  /// Bytes of frames that say nothing any more.
  private(set) var garbageBytes = 0
  /// How many letters there are of each reason; those with none are left out.
  private(set) var counts: [DeadLetterReason: Int] = [:]
  private var hashes = LetterHashes()
  private var dropped: Set<UInt64> = []

  func contains(_ hash: Identifier128) -> Bool { hashes.contains(hash) }

  /// Takes note of a record that is in the file. Those dropped stay among the entries until `removeDropped`.
  ///
  /// - Parameter bytes: Of its frame.
  mutating func apply(_ record: LetterRecord, at position: Int, bytes: Int) {
    switch record {
    case .letter(let number, let letter):
      entries.append(
        Entry(number: number, position: position, bytes: UInt32(clamping: bytes), reason: letter.reason))
      counts[letter.reason, default: 0] += 1
      hashes.insert(LetterHashes.hash(letter.id))
      nextNumber = max(nextNumber, number + 1)
    case .replay(let number, _):
      guard let index = entries.index(ofNumber: number) else { return }
      // The frame before is garbage now.
      garbageBytes += Int(entries[index].replayBytes)
      entries[index].replayPosition = position
      entries[index].replayBytes = UInt32(clamping: bytes)
    case .dropped(let number, let id):
      dropped.insert(number)
      hashes.remove(LetterHashes.hash(id))
      garbageBytes += bytes
    case .nextNumber(let number): nextNumber = max(nextNumber, number)
    }
  }

  /// Takes letters out whose `.dropped` records were applied: once for many, since the entries are moved together.
  mutating func removeDropped() {
    if dropped.isEmpty { return }
    entries.removeAll { entry in
      guard dropped.contains(entry.number) else { return false }
      garbageBytes += Int(entry.bytes) + Int(entry.replayBytes)
      counts[entry.reason, default: 0] -= 1
      return true
    }
    dropped = []
    counts = counts.filter { $0.value > 0 }
  }
}
