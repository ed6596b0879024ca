import Application
import Domain
import Testing

extension ChunkIndexPromise {
  func checkFindsWhatOverlapsTheRange(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let spans: [ClosedRange<Int64>] = [
      0...99,  // ends before the range
      50...100,  // its last event is the range's first moment
      100...100, 150...160,
      199...300,  // its first event is the range's last moment
      200...300,  // begins where the range ends
      0...500,  // covers the range
    ]
    for span in spans { try await lineage.commit([try Sample.chunk("api", span)], to: index) }
    let range = TimeRange(from: Timestamp(nanoseconds: 100), to: Timestamp(nanoseconds: 200))
    let expected: [ClosedRange<Int64>] = [0...500, 50...100, 100...100, 150...160, 199...300]
    #expect(try await self.spans(index, "api", range) == expected)
    #expect(try await self.spans(index, nil, range) == expected)

    let fromThen = TimeRange(from: Timestamp(nanoseconds: 301), to: .distantFuture)
    #expect(try await self.spans(index, "api", fromThen) == [0...500])
    let untilThen = TimeRange(from: .distantPast, to: Timestamp(nanoseconds: 50))
    #expect(try await self.spans(index, "api", untilThen) == [0...99, 0...500])
    #expect(try await self.spans(index, nil, .all).count == spans.count)
    let after = TimeRange(from: Timestamp(nanoseconds: 501), to: .distantFuture)
    #expect(try await self.spans(index, nil, after).isEmpty)
  }

  func checkFindsLongAndShortSpansAlike(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    // Spans of every length from nothing to everything, around one moment and beside it.
    let moment: Int64 = 1_000_000_000_000_000_000
    var around: [ClosedRange<Int64>] = [moment...moment, .min ... .max, .min...moment, moment ... .max]
    for bits in 0..<60 {
      let half: Int64 = 1 << bits
      around += [(moment - half)...(moment + half), (moment - half)...moment, moment...(moment + half)]
    }
    let beside = (0..<60).flatMap { bits -> [ClosedRange<Int64>] in
      let length: Int64 = 1 << bits
      return [(moment - 1 - length)...(moment - 1), (moment + 1)...(moment + 1 + length)]
    }
    let chunks = try (around + beside).map { try Sample.chunk("api", $0) }
    try await lineage.commit(chunks, to: index)
    let range = TimeRange(from: Timestamp(nanoseconds: moment), to: Timestamp(nanoseconds: moment + 1))
    let expected = around.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    #expect(try await spans(index, "api", range) == expected)
    #expect(try await spans(index, nil, range) == expected)
    let lastMoment = TimeRange(from: Timestamp(nanoseconds: .max), to: .distantFuture)
    #expect(try await spans(index, "api", lastMoment) == [.min ... .max, moment ... .max])
  }

  func checkFindsByService(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    try await lineage.commit([try Sample.chunk("api", 1...2), try Sample.chunk("db", 1...3)], to: index)
    try await lineage.commit([try Sample.chunk("api", 1...4), try Sample.chunk("apix", 1...5)], to: index)
    #expect(try await spans(index, "api", .all) == [1...2, 1...4])
    #expect(try await spans(index, "db", .all) == [1...3])
    #expect(try await spans(index, "ap", .all).isEmpty)
    #expect(try await spans(index, nil, .all) == [1...2, 1...3, 1...4, 1...5])
  }

  func checkKeepsTenantsApart(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    // One object holds both: a pack is a tenant's, but the index must not rely on it.
    try await lineage.commit(
      [try Sample.chunk("api", 1...2), try Sample.chunk("api", tenant: "other", 1...3)], to: index)
    try await lineage.commit([try Sample.chunk("secret", tenant: "other", 1...4)], to: index)
    #expect(try await spans(index, nil, .all) == [1...2])
    #expect(try await spans(index, "api", .all) == [1...2])
    #expect(try await spans(index, "secret", .all).isEmpty)
    #expect(try await index.services(of: Sample.tenant).map(\.text) == ["api"])
    #expect(try await index.services(of: TenantID("other")).map(\.text) == ["api", "secret"])
    #expect(try await index.services(of: TenantID("nobody")).isEmpty)
  }

  func checkKeepsUnusualNames(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let names = [
      String(repeating: "x", count: 128), "it's \"quoted\"; --", "100% /a\\b*?[", "Dienst für Öl", "日本語", "\u{1F332}",
      "0",
    ]
    for (number, name) in names.enumerated() {
      let span = Int64(number)...Int64(number)
      let change = Sample.change(try Sample.windowKey(1, name), [(1, UInt32(number))])
      let chunk = try Sample.chunk(name, span)
      try await lineage.commit(to: index, windows: [change]) { [Sample.object($0, chunks: [chunk])] }
    }
    for (number, name) in names.enumerated() {
      #expect(try await spans(index, name, .all) == [Int64(number)...Int64(number)])
    }
    let windows = try await index.state(of: lineage.partition).windows
    #expect(Set(windows.keys.map(\.stream.service.text)) == Set(names))
    #expect(Set(try await index.services(of: Sample.tenant).map(\.text)) == Set(names))
  }

  func checkListsServicesSorted(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    var other = Lineage(partition: 1)
    try await lineage.commit(
      [try Sample.chunk("b", 1...2), try Sample.chunk("Z", 1...2), try Sample.chunk("ä", 1...2)], to: index)
    try await other.commit([try Sample.chunk("a", 1...2), try Sample.chunk("b", 3...4)], to: index)
    // A window without a chunk makes no service.
    try await other.commit(to: index, windows: [Sample.change(try Sample.windowKey(1, "quiet"), [(0, 0)])])
    #expect(try await index.services(of: Sample.tenant).map(\.text) == ["Z", "a", "b", "ä"])
  }

  /// Time spans found in partition 0, sorted.
  private func spans(
    _ index: some ChunkIndex, _ service: String?, _ range: TimeRange
  ) async throws -> [ClosedRange<Int64>] {
    let name = try service.map { try ServiceName($0) }
    let found = try await index.chunks(
      in: PartitionID(0), tenant: Sample.tenant, service: name, overlapping: range)
    #expect(found.chunks.allSatisfy { $0.descriptor.stream.tenant == Sample.tenant })
    let spans = found.chunks.map(\.descriptor.timeSpan).map {
      $0.lowerBound.nanoseconds...$0.upperBound.nanoseconds
    }
    return spans.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
  }
}
