import Application
import Domain
import Testing

extension DeadLetterOperationsPromise {
  func checkPages(_ stage: DeadLetterOperationsStage) async throws {
    #expect(try await stage.listed() == [])
    let letters = try (0..<7).map { try LetterSample.batch($0, "text \($0)") }
    try await stage.put(letters)
    for limit in [1, 3, 7, 100] {
      let listed = try await stage.listed(limit: limit)
      #expect(listed.map(\.id) == letters.map(\.id))
      #expect(listed.map(\.number) == Set(listed.map(\.number)).sorted())
    }
    let page = try await stage.operations.list(.init(), from: 0, limit: 3)
    #expect(page.letters.count == 3)
    let first = try #require(page.letters.first)
    #expect(first.reason == .sequenceConflict && first.tenant == letters[0].tenant && first.time == letters[0].time)
    #expect(first.bytes == letters[0].content.bytes.count && first.replay == nil)
  }

  func checkSelection(_ stage: DeadLetterOperationsStage) async throws {
    try await stage.put([
      try LetterSample.batch(0, "a"), try LetterSample.batch(1, "b", tenant: "other"),
      try LetterSample.event(2, "bad c"), try LetterSample.batch(3, "d", reason: .tooManyStreams),
      LetterSample.bytes(4, [1, 2, 3]),
    ])
    let all = try await stage.listed().map(\.number)
    func chosen(_ selection: DeadLetterSelection) async throws -> [Int] {
      try await stage.listed(selection).map { letter in all.firstIndex(of: letter.number) ?? -1 }
    }
    #expect(try await chosen(.init(reason: .sequenceConflict)) == [0, 1])
    #expect(try await chosen(.init(reason: .event(.messageTooLong))) == [2])
    #expect(try await chosen(.init(tenant: try TenantID("acme"))) == [0, 2, 3])
    #expect(try await chosen(.init(tenant: try TenantID("other"))) == [1])
    #expect(try await chosen(.init(tenant: try TenantID("nobody"))) == [])
    let range = TimeRange(from: LetterSample.time(1), to: LetterSample.time(3))
    #expect(try await chosen(.init(range: range)) == [1, 2])
    #expect(try await chosen(.init(reason: .sequenceConflict, range: range)) == [1])
    #expect(try await chosen(.init(numbers: [all[4], all[1], all[1]])) == [1, 4])
    #expect(try await chosen(.init(numbers: all, tenant: try TenantID("acme"))) == [0, 2, 3])
  }

  func checkContent(_ stage: DeadLetterOperationsStage) async throws {
    let letters = [
      try LetterSample.batch(0, "a"), try LetterSample.event(1, "bad \u{1B}[31m"),
      LetterSample.bytes(2, Array(0...255)), LetterSample.bytes(3, []),
      try LetterSample.batch(4, String(repeating: "x", count: 1 << 20)),
    ]
    try await stage.put(letters)
    for (summary, letter) in zip(try await stage.listed(), letters) {
      let detail = try await stage.operations.letter(summary.number)
      #expect(detail.summary == summary)
      let isSame = detail.content == letter.content
      #expect(isSame)
    }
  }

  func checkPublishing(_ stage: DeadLetterOperationsStage) async throws {
    let letters = [
      try LetterSample.batch(0, "a", flush: 1), try LetterSample.batch(1, "b"),
      try LetterSample.batch(2, "c", flush: 1),
      LetterSample.bytes(3, [9], flush: 2),
    ]
    try await stage.put(letters)
    #expect(try await stage.listed().map(\.id) == [letters[1].id])
    let number = try #require(try await stage.listed().first).number
    for hidden in [number - 1, number + 1] {
      #expect(
        await failure { () async throws(DeadLetterOperationsError) in
          _ = try await stage.operations.letter(hidden)
        } == .notFound(number: hidden))
    }
    #expect(try await stage.replayed() == [.accepted])
    #expect(try await stage.messages() == ["b"])
    #expect(try await stage.dropped(isForced: true).dropped == 1)
    // Another flush than the one that wrote them names two of them.
    try await stage.publish([letters[0].id, letters[3].id])
    #expect(try await stage.listed().map(\.id) == [letters[0].id, letters[3].id])
    try await stage.publish([letters[2].id])
    #expect(try await stage.listed().map(\.id) == [letters[0].id, letters[2].id, letters[3].id])
  }

  /// The stage stands for a server, whose owners may be at work.
  func checkUncommitted(_ stage: DeadLetterOperationsStage) async throws {
    let letters = [
      try LetterSample.batch(0, "a", flush: 1), try LetterSample.batch(1, "b"),
      LetterSample.bytes(2, [9], flush: 2),
    ]
    try await stage.put(letters)
    let uncommitted = DeadLetterSelection(isUncommitted: true)
    let listed = try await stage.listed(uncommitted)
    #expect(listed.map(\.id) == [letters[0].id, letters[2].id])
    #expect(
      try await stage.listed(.init(reason: .undecodable, isUncommitted: true)).map(\.id) == [letters[2].id])
    #expect(try await stage.listed(.init(numbers: listed.map(\.number), isUncommitted: true)) == listed)
    let failures = [
      await failure { () async throws(DeadLetterOperationsError) in
        try await stage.operations.replay(uncommitted, limit: 10, isForced: true) { _ in }
      },
      await failure { () async throws(DeadLetterOperationsError) in
        try await stage.operations.drop(uncommitted, isForced: true) { _ in }
      },
    ]
    for failure in failures {
      guard case .refused = failure else {
        Issue.record("\(String(describing: failure))")
        continue
      }
    }
    try await stage.publish([letters[0].id])
    #expect(try await stage.listed(uncommitted).map(\.id) == [letters[2].id])
    #expect(try await stage.listed().map(\.id) == [letters[0].id, letters[1].id])
  }

  func checkNumbers(_ stage: DeadLetterOperationsStage) async throws {
    try await stage.put([try LetterSample.batch(0, "a")])
    let number = try #require(try await stage.listed().first).number
    let wrong = DeadLetterSelection(numbers: [number, number + 7])
    let failures = [
      await failure { () async throws(DeadLetterOperationsError) in
        _ = try await stage.operations.letter(number + 7)
      },
      await failure { () async throws(DeadLetterOperationsError) in
        _ = try await stage.operations.list(wrong, from: 0, limit: 10)
      },
      await failure { () async throws(DeadLetterOperationsError) in
        try await stage.operations.replay(wrong, limit: 10, isForced: false) { _ in }
      },
      await failure { () async throws(DeadLetterOperationsError) in
        try await stage.operations.drop(wrong, isForced: true) { _ in }
      },
    ]
    #expect(failures == [DeadLetterOperationsError?](repeating: .notFound(number: number + 7), count: 4))
    #expect(try await stage.taken().isEmpty)
    #expect(try await stage.listed().map(\.replay) == [nil])
  }
}
