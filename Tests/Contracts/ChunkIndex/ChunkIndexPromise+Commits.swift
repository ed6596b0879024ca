import Application
import Domain
import Testing

extension ChunkIndexPromise {
  func checkReadsBackWhatWasCommitted(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let chunks = [try Sample.chunk("api", 10...20), try Sample.chunk("db", -30...15)]
    let change = Sample.change(try Sample.windowKey(1), [(0, 7), (2, 9)], lastAppend: Timestamp(nanoseconds: 5))
    let commit = try await lineage.commit(to: index, windows: [change]) { [Sample.object($0, chunks: chunks)] }

    let state = try await index.state(of: commit.partition)
    #expect(state.epoch == Lineage.epoch)
    #expect(state.watermark == 10)
    #expect(state.head == commit.flush)
    #expect(state.windows.mapValues { Remembered($0) } == [change.key: Remembered([change])])
    #expect(state.gaps.isEmpty)

    let found = try await index.chunks(
      in: commit.partition, tenant: Sample.tenant, service: nil, overlapping: .all)
    #expect(found.generation == Lineage.generation)
    #expect(found.epoch == Lineage.epoch)
    #expect(found.watermark == 10)
    #expect(found.gaps.isEmpty)
    let object = try #require(commit.objects.first)
    let expected = chunks.map {
      IndexedChunks.Chunk(object: object.key, objectSize: object.size, codec: object.codec, descriptor: $0)
    }
    #expect(found.chunks.count == 2)
    #expect(Set(found.chunks) == Set(expected))
    #expect(try await index.objects(in: commit.partition) == commit.objects)
  }

  func checkTakesEmptyCommit(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    try await lineage.commit(to: index)
    let state = try await index.state(of: lineage.partition)
    #expect(state.watermark == 10)
    #expect(state.head == lineage.head)
    #expect(state.windows.isEmpty)
    #expect(try await index.objects(in: lineage.partition).isEmpty)
  }

  func checkTakesLargeCommit(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let chunks = try (0..<100).map { try Sample.chunk("service-\($0)", Int64($0)...Int64($0 + 5)) }
    let added = (0..<SequenceWindow.width).map { ($0, UInt32(truncatingIfNeeded: $0 &* 2_654_435_761)) }
    let changes = try (0..<200).map { Sample.change(try Sample.windowKey($0), added) }
    let commit = try await lineage.commit(to: index, windows: changes) { flush in
      (0..<20).map { Sample.object(flush, part: $0, chunks: chunks) }
    }
    #expect(try await index.objects(in: lineage.partition) == commit.objects)
    let found = try await index.chunks(in: lineage.partition, tenant: Sample.tenant, service: nil, overlapping: .all)
    #expect(found.chunks.count == 2_000)
    let windows = try await index.state(of: lineage.partition).windows
    #expect(windows.count == 200)
    let expected = Remembered([Sample.change(try Sample.windowKey(0), added)])
    #expect(windows.values.allSatisfy { Remembered($0) == expected })
  }

  func checkKeepsExtremeNumbers(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let beyondSigned = UInt64(1) << 63 + 9
    let chunk = ChunkDescriptor(
      stream: try Sample.stream("api"), bucket: TimeBucket(start: .distantPast), byteRange: 0..<Int.max,
      directoryRange: 5..<5, timeSpan: .distantPast ... .distantFuture, eventCount: 0, severities: .max)
    let change = Sample.change(
      try Sample.windowKey(.max), [(beyondSigned, .max), (beyondSigned + 3, 0)], lastAppend: .distantFuture)
    let commit = try await lineage.next(
      index, offsets: beyondSigned, windows: [change], newestAppend: .distantFuture
    ) { [Sample.object($0, chunks: [chunk])] }
    try await index.commit(commit)
    let view = try await PartitionView(index)
    #expect(view.watermark == beyondSigned)
    #expect(view.objects == commit.objects)
    #expect(view.windows == [change.key: Remembered([change])])
  }

  func checkKeepsPartitionsApart(_ index: some ChunkIndex) async throws {
    var first = try await Lineage(initialising: index)
    var second = Lineage(partition: 1)
    try await first.commit([try Sample.chunk("api", 1...2)], to: index)
    try await first.commit(to: index, windows: [Sample.change(try Sample.windowKey(1), [(0, 1)])])
    let before = try await PartitionView(index, first.partition)
    #expect(try await index.state(of: second.partition) == .empty)
    let commit = try await second.commit([try Sample.chunk("api", 1...2)], to: index)
    #expect(try await PartitionView(index, first.partition) == before)
    let view = try await PartitionView(index, second.partition)
    #expect(view.objects == commit.objects)
    #expect(view.chunks.count == 1)
    #expect(view.watermark == 10)
    #expect(view.windows.isEmpty)
  }

  func checkListsObjectsInCommitOrder(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    var expected: [ObjectDescriptor] = []
    // Times, services and parts run against the order of the commits; one object is empty.
    for number in 0..<5 {
      let late = try Sample.chunk("z\(9 - number)", 100...200)
      let early = try Sample.chunk("a\(number)", 1...2)
      let commit = try await lineage.commit(to: index) { flush in
        [
          Sample.object(flush, part: 2, chunks: [late, early]), Sample.object(flush, part: 1, chunks: []),
          Sample.object(flush, part: 0, chunks: [early]),
        ]
      }
      expected += commit.objects
    }
    #expect(try await index.objects(in: lineage.partition) == expected)
  }
}
