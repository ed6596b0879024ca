package import Application
package import Domain

/// All that there is of a partition. Where it stands is read in one step; objects, entries and letters only grow, and those of
/// later commits are left out.
extension RedisChunkIndex {
  private static let hashesAtOnce = 8

  package func commits() async throws(ChunkIndexError) -> [PartitionID: UInt64] {
    let (counts, _) = try await everyPartition {
      (partition, place) async throws(ChunkIndexError) -> (PartitionID, UInt64)? in
      let reply = try await run([RedisCommand("HGET", place.head, [Array("c".utf8)])], near: place.head)
      guard let count = reply.first, count != .none else { return nil }
      do throws(RedisError) { return (partition, try count.number(of: "a count of commits")) } catch {
        throw ChunkIndexError(error)
      }
    }
    // One that is opened has none before its first commit.
    return Dictionary(uniqueKeysWithValues: counts.filter { $0.1 > 0 })
  }

  package func objects(in partition: PartitionID) async throws(ChunkIndexError) -> [ObjectDescriptor] {
    switch try await whole(partition).reading {
    case .found(let whole): return whole.objects
    case .empty: return []
    case .lost: throw Self.gone(partition)
    }
  }

  package func snapshot(of partition: PartitionID) async throws(ChunkIndexError) -> PartitionSnapshot {
    let (reading, marker) = try await whole(partition)
    guard let generation = marker.generation else { throw .wrongGeneration(found: nil) }
    switch reading {
    case .found(let whole):
      let state = whole.stored.state
      return PartitionSnapshot(
        partition: partition, generation: generation, commits: whole.stored.commits, epoch: state.epoch,
        watermark: state.watermark, head: state.head, windows: state.windows, gaps: state.gaps,
        objects: whole.objects, letters: whole.letters)
    case .empty: return .empty(partition, generation)
    case .lost: throw .wrongGeneration(found: nil)
    }
  }

  private struct Whole: Sendable {
    let stored: StoredPartition
    let objects: [ObjectDescriptor]
    let letters: [PartitionSnapshot.Letters]
  }

  private func whole(
    _ partition: PartitionID
  ) async throws(ChunkIndexError) -> (reading: PartitionReading<Whole>, marker: IndexMarker) {
    try await readingPartition(partition) { (place) async throws(ChunkIndexError) -> PartitionAttempt<Whole> in
      guard let stored = try StoredPartition(try await call(RedisScript.readState, place.head)) else { return .absent }
      let chunks = try await chunksByObject(in: place, below: stored.objectCount)
      let letters = try await letters(in: place, count: stored.letterLists)
      guard let entries = try await objects(Array(0..<stored.objectCount), in: place),
        try await run([RedisCommand("EXISTS", place.head)], near: place.head) == [.integer(1)]
      else { return .swept }
      var objects: [ObjectDescriptor] = []
      for number in 0..<stored.objectCount {
        guard let entry = entries[number] else { throw Self.gone(partition) }
        let own = (chunks[number] ?? []).sorted { $0.ordinal < $1.ordinal }
        guard own.count == entry.chunkCount else {
          throw .corrupt(reason: "index: '\(entry.key)' has \(entry.chunkCount) chunks, \(own.count) are there")
        }
        objects.append(entry.descriptor(own.map(\.chunk)))
      }
      return .found(Whole(stored: stored, objects: objects, letters: letters))
    }
  }

  private func chunksByObject(
    in place: PartitionKeys, below objectCount: UInt32
  ) async throws(ChunkIndexError) -> [UInt32: [ChunkEntry]] {
    let all: [[UInt8]] = [.init(decimal: 0), .init(decimal: -1)]
    let listings =
      [RedisCommand("LRANGE", place.streams, all)]
      + TimeSlice.shifts.indices.map { RedisCommand("ZRANGE", place.slices(level: $0), all) }
    let replies = try await run(listings, near: place.head)
    var chunks: [UInt32: [ChunkEntry]] = [:]
    let streams: [StreamID]
    var slices: [TimeSlice] = []
    do throws(RedisError) {
      streams = try (replies.first ?? .none).streams()
      for reply in replies.dropFirst() { slices += try reply.timeSlices() }
    } catch { throw ChunkIndexError(error) }
    for piece in slices.chunked(by: Self.hashesAtOnce) {
      let replies = try await run(piece.map { RedisCommand("HGETALL", place.slice($0)) }, near: place.head)
      do throws(RedisError) {
        for (slice, reply) in zip(piece, replies) {
          for (number, entries) in try reply.pairs(of: "a slice") {
            let number = Int(clamping: try number.number(of: "a stream"))
            // A stream that is newer than the list has newer chunks only.
            guard number < streams.count else { continue }
            let bytes = try entries.bytes(of: "a slice")
            try ChunkEntry.decode(bytes, of: streams[number], in: slice) { entry in
              if entry.object < objectCount { chunks[entry.object, default: []].append(entry) }
            }
          }
        }
      } catch { throw ChunkIndexError(error) }
    }
    return chunks
  }

  private func letters(
    in place: PartitionKeys, count: Int
  ) async throws(ChunkIndexError) -> [PartitionSnapshot.Letters] {
    if count == 0 { return [] }
    let range: [[UInt8]] = [.init(decimal: 0), .init(decimal: count - 1)]
    let replies = try await run([RedisCommand("LRANGE", place.letters, range)], near: place.head)
    do throws(RedisError) {
      var letters: [PartitionSnapshot.Letters] = []
      for element in try (replies.first ?? .none).elements(of: "letters") {
        let bytes = try element.bytes(of: "letters")
        do throws(DecodingError) { letters.append(try PartitionSnapshot.Letters(stored: bytes.span)) } catch {
          throw .corrupt("letters: \(error)")
        }
      }
      return letters
    } catch { throw ChunkIndexError(error) }
  }
}

extension RedisReply {
  fileprivate func streams() throws(RedisError) -> [StreamID] {
    var streams: [StreamID] = []
    for element in try elements(of: "streams") {
      let bytes = try element.bytes(of: "a stream")
      var cursor = ByteCursor(end: bytes.count)
      do throws(DecodingError) {
        streams.append(
          StreamID(
            tenant: try TenantID(bytes.span, at: &cursor), service: try ServiceName(bytes.span, at: &cursor)))
      } catch { throw .corrupt("a stream: \(error)") }
    }
    return streams
  }
}

extension PartitionSnapshot.Letters {
  fileprivate init(stored bytes: Span<UInt8>) throws(DecodingError) {
    var cursor = ByteCursor(end: bytes.count)
    let flush = FlushID(try Identifier128(bytes, at: &cursor))
    var ids: [DeadLetterID] = []
    for _ in 0..<(try cursor.count(bytes, ofAtLeast: 6)) { ids.append(try DeadLetterID(bytes, at: &cursor)) }
    self.init(flush: flush, ids: ids)
  }
}
