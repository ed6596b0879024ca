package import Application
package import Domain

/// Rebuilds: what is staged lies under the name of the generation to come, which nobody reads until the marker names it.
extension RedisChunkIndex {
  /// Chunks, and windows, that one script stages: bounds how long Redis answers nobody else.
  private static let chunksAtOnce = 2_000
  private static let windowsAtOnce = 500

  package func beginRebuild(as generation: Generation) async throws(ChunkIndexError) {
    _ = try await call(RedisScript.beginRebuild, keys.marker, [generation.text], isDurable: true)
    let marker = try await marker()
    // A commit that looked at the marker before may still be on its way; after this it is refused.
    if let data = marker.data {
      for partition in try await registered(data) {
        _ = try await call(RedisScript.sealPartition, keys.partition(partition, data).head, isDurable: true)
      }
    }
    // What an earlier attempt under this name has staged.
    if marker.data != generation { try await sweep(generation) }
    try await sweepGarbage()
  }

  package func stage(_ snapshot: PartitionSnapshot) async throws(ChunkIndexError) {
    let generation = snapshot.generation
    // Registered first: what is registered and not complete fails the switch, and is swept by the next rebuild.
    let arguments: [[UInt8]] = [generation.text, .init(decimal: snapshot.partition.number)]
    guard try await call(RedisScript.registerStaged, keys.marker, arguments) == .integer(1) else {
      throw try await superseded()
    }
    let place = keys.partition(snapshot.partition, generation)
    _ = try await call(RedisScript.sweepPartition, place.head)
    _ = try await call(RedisScript.openPartition, place.head, [generation.text, [UInt8(ascii: "1")]])
    for page in snapshot.pages(chunks: Self.chunksAtOnce, windows: Self.windowsAtOnce) {
      let reply = try await call(RedisScript.applyCommit, place.head, page.encoded, isDurable: true)
      // Another rebuild took its place meanwhile.
      guard reply == .array([.bytes(Array("ok".utf8))]) else { throw try await superseded() }
    }
  }

  package func finishRebuild(as generation: Generation) async throws(ChunkIndexError) {
    let found = try await marker()
    guard found.generation == nil, found.rebuild == generation else { throw try await superseded() }
    for partition in try await registered(generation) {
      let place = keys.partition(partition, generation)
      let fields: [[UInt8]] = [Array("g".utf8), Array("u".utf8)]
      let reply = try await run([RedisCommand("HMGET", place.head, fields)], near: place.head)
      guard reply == [.array([.bytes(generation.text), .none])] else {
        throw .corrupt(
          reason: "index: what was staged of partition \(partition) is gone or not complete: rebuild again")
      }
    }
    let reply = try await call(RedisScript.finishRebuild, keys.marker, [generation.text], isDurable: true)
    guard reply == .integer(1) else { throw try await superseded() }
    do throws(ChunkIndexError) { try await sweepGarbage() } catch {
      // The switch is done; the next rebuild sweeps.
      telemetry.record(.trouble(area: "redis", reason: "what the rebuild replaced could not be removed yet: \(error)"))
    }
  }

  private func superseded() async throws(ChunkIndexError) -> ChunkIndexError {
    let marker = try await marker()
    return .wrongGeneration(found: marker.generation ?? marker.rebuild)
  }

  /// Removes the keys of generations that nobody reads any more.
  private func sweepGarbage() async throws(ChunkIndexError) {
    let reply = try await run([RedisCommand("SMEMBERS", keys.garbage)], near: keys.marker).first ?? .none
    var generations: [Generation] = []
    do throws(RedisError) {
      for member in try reply.elements(of: "SMEMBERS") {
        if let generation = try IndexMarker.generation(member) { generations.append(generation) }
      }
    } catch { throw ChunkIndexError(error) }
    for generation in generations {
      try await sweep(generation)
      _ = try await run([RedisCommand("SREM", keys.garbage, [generation.text])], near: keys.marker)
    }
  }

  private func sweep(_ generation: Generation) async throws(ChunkIndexError) {
    for partition in try await registered(generation) {
      _ = try await call(RedisScript.sweepPartition, keys.partition(partition, generation).head)
    }
    _ = try await run([RedisCommand("UNLINK", keys.partitions(of: generation))], near: keys.marker)
  }
}

extension PartitionSnapshot {
  /// In pieces, the last of which makes it complete.
  fileprivate func pages(chunks chunkLimit: Int, windows windowLimit: Int) -> [CommitArguments] {
    var pages: [CommitArguments] = []
    var page = CommitArguments()
    var chunkCount = 0
    for object in objects {
      if !page.objects.isEmpty, chunkCount + object.chunks.count > chunkLimit {
        pages.append(page)
        page = CommitArguments()
        chunkCount = 0
      }
      page.objects.append(object)
      chunkCount += object.chunks.count + 1
    }
    pages.append(page)
    for piece in windows.sorted(by: { $0.key < $1.key }).chunked(by: windowLimit) {
      var page = CommitArguments()
      page.windows = piece.map { ($0.key, $0.value) }
      pages.append(page)
    }
    for gap in gaps {
      var page = CommitArguments()
      page.gap = gap
      pages.append(page)
    }
    for letters in letters {
      var page = CommitArguments()
      page.letters = letters
      pages.append(page)
    }
    var last = CommitArguments()
    last.count = .complete(commits)
    if let head, let epoch { last.next = .init(head: head, watermark: watermark, epoch: epoch) }
    pages.append(last)
    return pages
  }
}
