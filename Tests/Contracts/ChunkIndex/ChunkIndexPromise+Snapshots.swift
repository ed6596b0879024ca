import Application
import Domain
import Testing

extension ChunkIndexPromise {
  func checkCountsCommits(_ index: some ChunkIndex) async throws {
    #expect(try await index.commits().isEmpty)
    var lineage = try await Lineage(initialising: index)
    var other = Lineage(partition: 7)
    for count in 1...3 {
      let commit = try await lineage.commit(to: index)
      #expect(try await index.commits() == [PartitionID(0): UInt64(count)])
      await expectLostRace(commit, by: index, "a commit that was there before")
    }
    try await other.commit(to: index)
    #expect(try await index.commits() == [PartitionID(0): 3, PartitionID(7): 1])
  }

  func checkRefusesSnapshotWithoutGeneration(_ index: some ChunkIndex) async throws {
    do throws(ChunkIndexError) {
      _ = try await index.snapshot(of: PartitionID(0))
      Issue.record("a snapshot of an index that may not be whole")
    } catch {
      guard case .wrongGeneration(found: nil) = error else {
        Issue.record("expected a refusal for want of a generation, got \(error)")
        return
      }
    }
  }

  func checkSnapshotsHoldEverything(_ index: some ChunkIndex) async throws {
    _ = try await Lineage(initialising: index)
    #expect(try await index.snapshot(of: PartitionID(0)) == .empty(PartitionID(0), Lineage.generation))
    let letters = try await Sample.fill(index)
    for partition in [PartitionID(0), PartitionID(3)] {
      let snapshot = try await index.snapshot(of: partition)
      #expect(PartitionState(snapshot) == (try await index.state(of: partition)))
      #expect(snapshot.objects == (try await index.objects(in: partition)))
      #expect(snapshot.commits == (try await index.commits()[partition]))
      #expect(snapshot.letters == letters[partition])
      #expect(snapshot.partition == partition && snapshot.generation == Lineage.generation)
    }
  }

  func checkSnapshotsAreOfOneMoment(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let partition = lineage.partition
    let commits: UInt64 = 60
    let faults = try await withThrowingTaskGroup(of: [String].self) { group in
      for _ in 0..<2 {
        group.addTask {
          var faults: [String] = []
          var count: UInt64 = 0
          while count < commits, faults.count < 5 {
            let snapshot = try await index.snapshot(of: partition)
            count = snapshot.commits
            let newest = snapshot.windows.values.first?.newest
            let isOne =
              snapshot.watermark == count * 10 && snapshot.objects.count == Int(count)
              && snapshot.letters.count == Int(count) && newest == (count == 0 ? nil : count - 1)
            if !isOne { faults.append("\(count) commits beside watermark \(snapshot.watermark)") }
          }
          return faults
        }
      }
      for number in 0..<commits {
        let change = Sample.change(try Sample.windowKey(1), [(number, 1)])
        try await lineage.commit(to: index, windows: [change]) { [Sample.object($0, chunks: [])] }
        await Task.yield()
      }
      return try await group.reduce(into: [String]()) { $0 += $1 }
    }
    #expect(faults.isEmpty)
  }
}

extension Sample {
  /// Commits to partitions 0 and 3 what has every kind of content.
  ///
  /// - Returns: The letters of each partition.
  static func fill(_ index: some ChunkIndex) async throws -> [PartitionID: [PartitionSnapshot.Letters]] {
    var letters: [PartitionID: [PartitionSnapshot.Letters]] = [:]
    for partition in [0, 3] {
      var lineage = Lineage(partition: partition)
      for number in 0..<4 {
        let chunks = [
          try chunk("api", 1...Int64(2 + number)), try chunk("Größe", tenant: "other", -5...(3_600 * 1_000_000_000)),
        ]
        let windows = [
          change(try windowKey(1), [(UInt64(number) * 2, UInt32(number))]),
          change(try windowKey(2, "quiet"), [(UInt64(number), .max)], lastAppend: Timestamp(nanoseconds: 5)),
        ]
        let commit = try await lineage.next(index, windows: windows) { flush in
          number == 2
            ? [object(flush, chunks: [])] : [object(flush, chunks: chunks), object(flush, part: 1, chunks: [])]
        }
        let ids: [DeadLetterID] = [
          .bytes(checksum: .max, count: number),
          .batch(try windowKey(9), sequence: .max, digest: UInt32(number), index: nil),
          .batch(try windowKey(9), sequence: 1, digest: 2, index: UInt32(number)),
        ]
        let complete = commit.with(deadLetters: number == 1 ? [] : ids)
        try await index.commit(complete)
        lineage.advance(past: complete)
        if number != 1 {
          letters[PartitionID(partition), default: []].append(.init(flush: commit.flush, ids: ids))
        }
      }
    }
    return letters
  }
}
