import Application
import Domain
import Testing

extension ChunkIndexPromise {
  func checkKnowsCommittedDeadLetters(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let letters = try similarLetters()
    #expect(try await index.committedDeadLetters(among: letters) == [])
    let first = try await lineage.next(index, deadLetters: [letters[0], letters[3]])
    let lost = try await lineage.next(index, deadLetters: [letters[1]])
    try await index.commit(first)
    lineage.advance(past: first)
    await expectLostRace(lost, by: index, "the same parent twice")
    #expect(try await index.committedDeadLetters(among: letters) == [letters[0], letters[3]])
    // A later flush names the letter that the lost one wrote; one that is named twice is there all the same.
    let second = try await lineage.next(index, deadLetters: [letters[1], letters[0]])
    try await index.commit(second)
    #expect(try await index.committedDeadLetters(among: letters) == [letters[0], letters[1], letters[3]])
    #expect(try await index.committedDeadLetters(among: []) == [])
    #expect(try await index.committedDeadLetters(among: [letters[1], letters[2]]) == [letters[1]])
  }

  func checkKeepsDeadLettersApart(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let letters = try similarLetters()
    for letter in letters {
      #expect(try await index.committedDeadLetters(among: [letter]) == [], "\(letter)")
      let commit = try await lineage.next(index, deadLetters: [letter])
      try await index.commit(commit)
      lineage.advance(past: commit)
      #expect(try await index.committedDeadLetters(among: [letter]) == [letter], "\(letter)")
    }
    #expect(try await index.committedDeadLetters(among: letters) == Set(letters))
  }

  /// Each differs from the first or the last in one part; numbers at the ends of their types among them.
  private func similarLetters() throws -> [DeadLetterID] {
    let key = try Sample.windowKey(1)
    let others = [
      try Sample.windowKey(2), try Sample.windowKey(1, "other"),
      WindowKey(producer: key.producer, stream: try Sample.stream("api", tenant: "other")),
    ]
    let bytes: [DeadLetterID] = [
      .bytes(checksum: 1, count: 2), .bytes(checksum: 2, count: 2), .bytes(checksum: 1, count: 3),
      .bytes(checksum: .max, count: .max),
    ]
    return [
      .batch(key, sequence: 5, digest: 7, index: nil), .batch(key, sequence: 6, digest: 7, index: nil),
      .batch(key, sequence: 5, digest: 8, index: nil), .batch(key, sequence: 5, digest: 7, index: 0),
      .batch(key, sequence: 5, digest: 7, index: .max), .batch(key, sequence: .max, digest: .max, index: nil),
    ] + others.map { .batch($0, sequence: 5, digest: 7, index: nil) } + bytes
  }
}
