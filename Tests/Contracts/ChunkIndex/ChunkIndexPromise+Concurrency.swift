import Application
import Domain
import Testing

extension ChunkIndexPromise {
  func checkOneOfManyConcurrentCommitsWins(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    for round in 0..<5 {
      var rivals: [FlushCommit] = []
      for number in 0..<8 {
        let chunk = try Sample.chunk("rival-\(round)-\(number)", 1...2)
        rivals.append(try await lineage.next(index) { [Sample.object($0, chunks: [chunk])] })
      }
      let winners = try await withThrowingTaskGroup { group in
        for rival in rivals {
          group.addTask { () -> FlushCommit? in
            let refusal = await refusal(of: rival, by: index)
            guard let refusal else { return rival }
            guard case .lostRace = refusal else { throw refusal }
            return nil
          }
        }
        return try await group.reduce(into: [FlushCommit]()) { winners, winner in
          if let winner { winners.append(winner) }
        }
      }
      let winner = try #require(winners.first)
      #expect(winners.count == 1)
      #expect(try await index.state(of: lineage.partition).head == winner.flush)
      #expect(try await index.objects(in: lineage.partition).suffix(1) == winner.objects)
      lineage.advance(past: winner)
    }
    #expect(try await index.objects(in: lineage.partition).count == 5)
    #expect(try await index.services(of: Sample.tenant).count == 5)
  }

  func checkShowsWatermarkAndChunksTogether(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let commits = 100
    let partition = lineage.partition
    let (started, starting) = AsyncStream.makeStream(of: Void.self)
    let faults = try await withThrowingTaskGroup { group in
      for _ in 0..<3 {
        group.addTask {
          starting.yield()
          return try await Self.faults(whileReading: index, partition, until: UInt64(commits) * 10)
        }
      }
      var readers = started.makeAsyncIterator()
      for _ in 0..<3 { await readers.next() }
      for number in 0..<commits {
        let time = Int64(number)
        let chunks = [try Sample.chunk("api", time...time), try Sample.chunk("db", time...(time + 5))]
        let change = Sample.change(try Sample.windowKey(1), [(UInt64(number), 1)])
        try await lineage.commit(to: index, windows: [change]) { [Sample.object($0, chunks: chunks)] }
        await Task.yield()
      }
      return try await group.reduce(into: [String]()) { $0 += $1 }
    }
    #expect(faults.isEmpty)
  }

  /// Reads until the watermark is there; what did not fit together, at most a few.
  private static func faults(
    whileReading index: some ChunkIndex, _ partition: PartitionID, until end: UInt64
  ) async throws -> [String] {
    var faults: [String] = []
    var watermark: UInt64 = 0
    while watermark < end, faults.count < 5 {
      let found = try await index.chunks(in: partition, tenant: Sample.tenant, service: nil, overlapping: .all)
      if UInt64(found.chunks.count) * 5 != found.watermark {
        faults.append("\(found.chunks.count) chunks with watermark \(found.watermark)")
      }
      if found.watermark < watermark { faults.append("watermark \(found.watermark) after \(watermark)") }
      if found.watermark > 0, found.epoch != Lineage.epoch { faults.append("a watermark without its epoch") }
      let state = try await index.state(of: partition)
      let newest = state.windows.values.first?.newest
      if newest.map({ ($0 + 1) * 10 }) ?? 0 != state.watermark {
        faults.append("newest sequence \(newest.map { "\($0)" } ?? "none") with watermark \(state.watermark)")
      }
      if (state.head == nil) != (state.watermark == 0) { faults.append("a watermark without its flush") }
      watermark = found.watermark
      try Task.checkCancellation()
      await Task.yield()
    }
    return faults
  }

  func checkCancelledCommitIsNeverHalfDone(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    for round in 0..<20 {
      let chunk = try Sample.chunk("round-\(round)", 1...2)
      let commit = try await lineage.next(index) { [Sample.object($0, chunks: [chunk])] }
      let attempt = Task { await refusal(of: commit, by: index) }
      for _ in 0..<round { await Task.yield() }
      attempt.cancel()
      let answer = await attempt.value
      let view = try await PartitionView(index)
      let isDone = view.head == commit.flush
      switch answer {
      case nil: #expect(isDone, "a commit was taken and is not there")
      case .cancelled?: break
      case let error?: Issue.record("a cancelled commit ended with \(error)")
      }
      #expect(view.objects.contains { $0.flush == commit.flush } == isDone)
      #expect(view.chunks.contains { $0.descriptor == chunk } == isDone)
      #expect(view.watermark == (isDone ? commit.range.upperBound : commit.range.lowerBound))
      if isDone { lineage.advance(past: commit) }
    }
  }
}
