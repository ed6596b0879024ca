package import Application
package import Domain

/// Look-ups: one script answers where the partition stands and which slices of time there are; then the entries of the wanted
/// streams in those, and the objects that they name, are read in pieces. Both only grow within a generation, so what is of a
/// later commit is told by its number and left out.
extension RedisChunkIndex {
  /// Streams asked for with one command, commands sent together, objects asked for with one command.
  private static let streamsAtOnce = 1_000
  private static let slicesAtOnce = 16
  private static let objectsAtOnce = 512

  package func state(of partition: PartitionID) async throws(ChunkIndexError) -> PartitionState {
    let (reading, _) = try await readingPartition(partition) {
      (place) async throws(ChunkIndexError) -> PartitionAttempt<StoredPartition> in
      guard let stored = try StoredPartition(try await call(RedisScript.readState, place.head)) else { return .absent }
      return .found(stored)
    }
    switch reading {
    case .found(let stored): return stored.state
    case .empty: return .empty
    case .lost: throw Self.gone(partition)
    }
  }

  package func chunks(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, overlapping range: TimeRange
  ) async throws(ChunkIndexError) -> IndexedChunks {
    let (reading, marker) = try await readingPartition(partition) {
      (place) async throws(ChunkIndexError) -> PartitionAttempt<PartitionView.Found> in
      try await found(in: place, tenant, service, range)
    }
    switch reading {
    case .found(let found):
      return IndexedChunks(
        generation: marker.generation, epoch: found.view.epoch, watermark: found.view.watermark,
        gaps: found.view.gaps, chunks: found.chunks)
    case .empty: return IndexedChunks(generation: marker.generation, epoch: nil, watermark: 0, gaps: [], chunks: [])
    case .lost: return IndexedChunks(generation: nil, epoch: nil, watermark: 0, gaps: [], chunks: [])
    }
  }

  private func found(
    in place: PartitionKeys, _ tenant: TenantID, _ service: ServiceName?, _ range: TimeRange
  ) async throws(ChunkIndexError) -> PartitionAttempt<PartitionView.Found> {
    var arguments: [[UInt8]] = [Array(tenant.text.utf8), service.map { Array($0.text.utf8) } ?? []]
    if let last = range.lastMoment {
      for slices in TimeSlice.covering(range.start...max(range.start, last)) {
        arguments += [.init(decimal: slices.lowerBound), .init(decimal: slices.upperBound)]
      }
    }
    let reply = try await call(RedisScript.readView, place.head, arguments)
    guard let view = try PartitionView(reply, of: tenant) else { return .absent }
    var entries: [ChunkEntry] = []
    for asked in view.questions(streamsAtOnce: Self.streamsAtOnce).chunked(by: Self.slicesAtOnce) {
      let commands = asked.map { question in
        RedisCommand("HMGET", place.slice(question.slice), question.streams.map { .init(decimal: $0.number) })
      }
      let replies = try await run(commands, near: place.head)
      for (question, reply) in zip(asked, replies) {
        try question.append(reply, to: &entries) { $0.object < view.objectCount && range.overlaps($0.chunk.timeSpan) }
      }
      guard entries.count <= Self.maximumChunksFound else {
        throw .rejected(
          reason: "index: more than \(Self.maximumChunksFound) chunks overlap: ask for less time or for one service")
      }
    }
    guard let objects = try await objects(Set(entries.map(\.object)).sorted(), in: place) else { return .swept }
    let chunks = entries.compactMap { entry in
      objects[entry.object].map { object in
        IndexedChunks.Chunk(
          object: object.key, objectSize: object.size, codec: object.codec, descriptor: entry.chunk)
      }
    }
    return .found(PartitionView.Found(view: view, chunks: chunks))
  }

  /// - Returns: Nil if the partition went away meanwhile.
  func objects(
    _ numbers: [UInt32], in place: PartitionKeys
  ) async throws(ChunkIndexError) -> [UInt32: ObjectEntry]? {
    var objects: [UInt32: ObjectEntry] = [:]
    for piece in numbers.chunked(by: Self.objectsAtOnce) {
      let fields = piece.map { number in
        var bytes: [UInt8] = []
        bytes.append(uint32: number)
        return bytes
      }
      guard let stored = try await answer(to: RedisCommand("HMGET", place.objects, fields), in: place) else {
        return nil
      }
      do throws(RedisError) {
        for (number, reply) in zip(piece, try stored.elements(of: "objects")) {
          guard let bytes = try reply.optionalBytes(of: "an object") else { throw .corrupt("object \(number) is gone") }
          do throws(DecodingError) { objects[number] = try ObjectEntry(encoded: bytes.span) } catch {
            throw .corrupt("object \(number): \(error)")
          }
        }
      } catch { throw ChunkIndexError(error) }
    }
    return objects
  }

  package func services(of tenant: TenantID) async throws(ChunkIndexError) -> [ServiceName] {
    let (services, _) = try await everyPartition { (partition, place) async throws(ChunkIndexError) -> [ServiceName]? in
      guard let names = try await answer(to: RedisCommand("HKEYS", place.tenant(tenant)), in: place) else {
        return nil
      }
      do throws(RedisError) {
        var services: [ServiceName] = []
        for name in try names.elements(of: "services") { services.append(try name.service()) }
        return services
      } catch { throw ChunkIndexError(error) }
    }
    return Set(services.joined()).sorted()
  }

  package func committedDeadLetters(
    among ids: [DeadLetterID]
  ) async throws(ChunkIndexError) -> Set<DeadLetterID> {
    if ids.isEmpty { return [] }
    let (found, _) = try await everyPartition { (_, place) async throws(ChunkIndexError) -> [DeadLetterID]? in
      var found: [DeadLetterID] = []
      for piece in ids.chunked(by: Self.objectsAtOnce) {
        let command = RedisCommand("SMISMEMBER", place.letterIDs, piece.map(\.bytes))
        guard let members = try await answer(to: command, in: place) else { return nil }
        do throws(RedisError) {
          let answers = try members.elements(of: "dead letters")
          for (id, answer) in zip(piece, answers) where answer == .integer(1) { found.append(id) }
        } catch { throw ChunkIndexError(error) }
      }
      return found
    }
    return Set(found.joined())
  }

  /// Asks every partition, one after the other.
  ///
  /// - Parameter body: Nil if the partition is not there.
  func everyPartition<Content: Sendable>(
    _ body: (PartitionID, PartitionKeys) async throws(ChunkIndexError) -> Content?
  ) async throws(ChunkIndexError) -> (contents: [Content], marker: IndexMarker) {
    let (contents, marker) = try await reading { (data) async throws(ChunkIndexError) -> [Content]? in
      var contents: [Content] = []
      for partition in try await registered(data) {
        guard let content = try await body(partition, keys.partition(partition, data)) else {
          if try await self.marker().data != data { return nil }
          throw Self.gone(partition)
        }
        contents.append(content)
      }
      return contents
    }
    return (contents ?? [], marker)
  }
}

extension TimeRange {
  /// The last nanosecond within; nil if the range is over before time begins.
  fileprivate var lastMoment: Timestamp? {
    if end == .distantFuture { return end }
    return end == .distantPast ? nil : end.advanced(by: .nanoseconds(-1))
  }
}

extension Array {
  /// In pieces of at most `count`.
  func chunked(by count: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: self.count, by: count).map { self[$0..<Swift.min($0 + count, self.count)] }
  }
}
