import Application
import Domain
import Testing

extension DeadLetterOperationsPromise {
  func checkReplay(_ stage: DeadLetterOperationsStage) async throws {
    try await stage.put([try LetterSample.batch(0, "a"), try LetterSample.batch(1, "b", reason: .tooManyStreams)])
    #expect(try await stage.replayed() == [.accepted, .accepted])
    #expect(try await stage.messages() == ["a", "b"])
    let replays = try await stage.listed().map(\.replay)
    #expect(replays.map(\.?.outcome) == [.accepted, .accepted])
    let again = try await stage.replayed()
    #expect(again == replays.map { .acceptedBefore(at: $0?.last ?? .epoch) })
    #expect(try await stage.messages() == ["a", "b"])
  }

  func checkIdentity(_ stage: DeadLetterOperationsStage) async throws {
    let letters = [
      try LetterSample.batch(0, "a"), try LetterSample.batch(1, "b"), try LetterSample.event(2, "c"),
      try LetterSample.event(3, "d"), LetterSample.bytes(4, try LetterSample.batch(9, "e").content.bytes),
    ]
    try await stage.put(letters)
    #expect(try await stage.replayed() == [DeadLetterReplayed.Result](repeating: .accepted, count: 5))
    let first = try await stage.taken()
    #expect(first.map(\.messages) == [["a"], ["b"], ["c"], ["d"], ["e"]])
    #expect(Set(first.map(\.producer)).count == 5)
    // The same letters again, as another server would have them: each is known by its producer.
    #expect(try await stage.dropped().dropped == 5)
    try await stage.put(letters.reversed())
    _ = try await stage.replayed()
    let second = try await stage.taken().dropFirst(5)
    #expect(second.map(\.producer) == first.map(\.producer).reversed())
    // None of them is who sent it first.
    for letter in letters {
      if case .batch(let key, _, _, _) = letter.id { #expect(!first.map(\.producer).contains(key.producer)) }
    }
  }

  func checkForce(_ stage: DeadLetterOperationsStage) async throws {
    try await stage.put([
      try LetterSample.batch(0, "a", reason: .behindWindow), try LetterSample.batch(1, "b", reason: .producerExpired),
      try LetterSample.batch(2, "c"),
    ])
    #expect(try await stage.replayed() == [.needsForce, .needsForce, .accepted])
    #expect(try await stage.messages() == ["c"])
    #expect(try await stage.listed().map { $0.replay == nil } == [true, true, false])
    let late = try await stage.replayed(.init(reason: .behindWindow), isForced: true)
    #expect(late == [.accepted])
    #expect(try await stage.messages() == ["c", "a"])
  }

  func checkRefusal(_ stage: DeadLetterOperationsStage) async throws {
    try await stage.put([try LetterSample.event(0, "bad a"), try LetterSample.event(1, "b")])
    for _ in 0..<2 {
      let first = try await stage.replayed(limit: 1)
      #expect(first == [.refused(.event(.messageTooLong))])
      #expect(try await stage.listed().map(\.replay?.outcome) == [.refused(.event(.messageTooLong)), nil])
    }
    #expect(try await stage.messages() == [])
    // What the rules allow by now is taken.
    try await stage.allowBadEvents()
    #expect(try await stage.replayed() == [.accepted, .accepted])
    #expect(try await stage.messages() == ["bad a", "b"])
    #expect(try await stage.listed().count == 2)
  }

  func checkUndecodable(_ stage: DeadLetterOperationsStage) async throws {
    let record = try LetterSample.batch(9, "was a newer version's").content.bytes
    try await stage.put([LetterSample.bytes(0, [1, 2, 3]), LetterSample.bytes(1, record)])
    let results = try await stage.replayed()
    #expect(results.count == 2)
    guard case .undecodable(let reason)? = results.first, results.last == .accepted else {
      Issue.record("\(results)")
      return
    }
    #expect(!reason.isEmpty)
    #expect(try await stage.messages() == ["was a newer version's"])
  }

  func checkLimit(_ stage: DeadLetterOperationsStage) async throws {
    try await stage.put(try (0..<5).map { try LetterSample.batch($0, "\($0)") })
    #expect(try await stage.replayed(limit: 2) == [.accepted, .accepted])
    #expect(try await stage.messages() == ["0", "1"])
    let last = try #require(try await stage.listed().last).number
    #expect(try await stage.replayed(.init(numbers: [last])) == [.accepted])
    #expect(try await stage.messages() == ["0", "1", "4"])
  }

  func checkDrop(_ stage: DeadLetterOperationsStage) async throws {
    let letters = [
      try LetterSample.batch(0, "a"), try LetterSample.event(1, "bad b"),
      try LetterSample.batch(2, "c", reason: .behindWindow), try LetterSample.batch(3, "d", tenant: "other"),
      try LetterSample.batch(4, "e"),
    ]
    try await stage.put(letters)
    #expect(try await stage.dropped() == DeadLetterDrop(dropped: 0, kept: 5))
    _ = try await stage.replayed(limit: 4)
    #expect(try await stage.dropped(.init(tenant: try TenantID("other"))) == DeadLetterDrop(dropped: 1, kept: 0))
    #expect(try await stage.listed().map(\.id) == [letters[0], letters[1], letters[2], letters[4]].map(\.id))
    #expect(try await stage.dropped() == DeadLetterDrop(dropped: 1, kept: 3))
    #expect(try await stage.listed().map(\.id) == [letters[1], letters[2], letters[4]].map(\.id))
  }

  func checkForcedDrop(_ stage: DeadLetterOperationsStage) async throws {
    let letters = try (0..<4).map { try LetterSample.batch($0, "\($0)") }
    try await stage.put(letters)
    let numbers = try await stage.listed().map(\.number)
    let one = try await stage.dropped(.init(numbers: [numbers[1]]), isForced: true)
    #expect(one == DeadLetterDrop(dropped: 1, kept: 0))
    #expect(try await stage.listed().map(\.number) == [numbers[0], numbers[2], numbers[3]])
    #expect(try await stage.dropped(isForced: true) == DeadLetterDrop(dropped: 3, kept: 0))
    #expect(try await stage.listed().isEmpty)
    #expect(try await stage.taken().isEmpty)
  }
}
