import Domain

/// Reads parts of chunks from the object store.
struct ChunkLoader: Sendable {
  /// Chunks up to this size are read as a whole, directory and blocks in one request.
  static let wholeChunkBytes = 1 << 20

  let store: any ObjectStore
  let codecs: BlockCodecs

  /// - Parameter wholeBytes: Chunks up to this size are read as a whole.
  func open(
    _ chunk: IndexedChunks.Chunk, wholeBytes: Int = wholeChunkBytes
  ) async throws(ScanFailure) -> (chunk: OpenChunk, bytes: Int) {
    let descriptor = chunk.descriptor
    guard descriptor.directoryRange.lowerBound >= descriptor.byteRange.lowerBound,
      descriptor.directoryRange.upperBound <= descriptor.byteRange.upperBound, !descriptor.directoryRange.isEmpty
    else { throw ScanFailure(reason: "the index names a part of it that no chunk has", isCancelled: false) }
    let readsAll = descriptor.byteRange.count <= wholeBytes
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
    let (bytes, read) = try await bytes(group.byteRange, of: open)
    do throws(DecodingError) {
      let rows = try RowGroupReader(
        group, of: open.directory, service: open.chunk.descriptor.stream.service, bytes: bytes,
        codec: try codecs.codec(named: open.chunk.codec), unlessWithout: search)
      return (rows, read)
    } catch { throw ScanFailure(error) }
  }

  /// Only the columns that counting needs.
  ///
  /// - Returns: No rows if no message holds what `search` looks for.
  func load(
    _ columns: EventCount.Columns, of group: RowGroup, of open: OpenChunk, _ search: SubstringSearch?
  ) async throws(ScanFailure) -> (rows: RowGroupColumns?, bytes: Int) {
    let (bytes, read) = try await bytes(RowGroupColumns.byteRange(of: group, columns), of: open)
    do throws(DecodingError) {
      let rows = try RowGroupColumns(
        group, columns, bytes: bytes, codec: try codecs.codec(named: open.chunk.codec), unlessWithout: search)
      return (rows, read)
    } catch { throw ScanFailure(error) }
  }

  /// Some bytes of a chunk, and how many of them had to be read.
  private func bytes(
    _ range: Range<Int>, of open: OpenChunk
  ) async throws(ScanFailure) -> (bytes: [UInt8], read: Int) {
    let chunk = open.chunk.descriptor.byteRange
    guard range.upperBound <= chunk.count else {
      throw ScanFailure(reason: "a row group lies outside its chunk", isCancelled: false)
    }
    if let whole = open.bytes { return ([UInt8](whole.span.extracting(range)), 0) }
    let bytes = try await read(
      open.chunk.object, (chunk.lowerBound + range.lowerBound)..<(chunk.lowerBound + range.upperBound))
    return (bytes, bytes.count)
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
