import Domain

/// Reads parts of chunks from the object store.
struct ChunkLoader: Sendable {
  /// Chunks up to this size are read as a whole, directory and blocks in one request.
  static let wholeChunkBytes = 1 << 20

  let store: any ObjectStore
  let codecs: BlockCodecs

  func open(_ chunk: IndexedChunks.Chunk) async throws(ScanFailure) -> (chunk: OpenChunk, bytes: Int) {
    let descriptor = chunk.descriptor
    guard descriptor.directoryRange.lowerBound >= descriptor.byteRange.lowerBound,
      descriptor.directoryRange.upperBound <= descriptor.byteRange.upperBound, !descriptor.directoryRange.isEmpty
    else { throw ScanFailure(reason: "the index names a part of it that no chunk has", isCancelled: false) }
    let readsAll = descriptor.byteRange.count <= Self.wholeChunkBytes
    let range = readsAll ? descriptor.byteRange : descriptor.directoryRange
    let bytes = try await read(chunk.object, range)
    let start = descriptor.directoryRange.lowerBound - range.lowerBound
    do throws(DecodingError) {
      let directory = try ChunkDirectory(bytes.span.extracting(start..<(start + descriptor.directoryRange.count)))
      return (OpenChunk(chunk: chunk, directory: directory, bytes: readsAll ? bytes : nil), bytes.count)
    } catch { throw ScanFailure(error) }
  }

  /// - Returns: No rows if no message holds what `search` looks for.
  func load(
    _ group: RowGroup, of open: OpenChunk, _ search: SubstringSearch?
  ) async throws(ScanFailure) -> (rows: RowGroupReader?, bytes: Int) {
    let descriptor = open.chunk.descriptor
    guard group.byteRange.upperBound <= descriptor.byteRange.count else {
      throw ScanFailure(reason: "a row group lies outside its chunk", isCancelled: false)
    }
    let bytes: [UInt8]
    var read = 0
    if let whole = open.bytes {
      bytes = [UInt8](whole.span.extracting(group.byteRange))
    } else {
      let start = descriptor.byteRange.lowerBound
      bytes = try await self.read(
        open.chunk.object, (start + group.byteRange.lowerBound)..<(start + group.byteRange.upperBound))
      read = bytes.count
    }
    do throws(DecodingError) {
      let rows = try RowGroupReader(
        group, of: open.directory, service: descriptor.stream.service, bytes: bytes,
        codec: try codecs.codec(named: open.chunk.codec), unlessWithout: search)
      return (rows, read)
    } catch { throw ScanFailure(error) }
  }

  private func read(_ key: ObjectKey, _ range: Range<Int>) async throws(ScanFailure) -> [UInt8] {
    let bytes: [UInt8]
    do throws(ObjectStoreError) { bytes = try await store.get(key, range: range) } catch { throw ScanFailure(error) }
    guard bytes.count == range.count else {
      throw ScanFailure(reason: "\(bytes.count) bytes came where \(range.count) were asked for", isCancelled: false)
    }
    return bytes
  }
}
