@testable import Application
import Domain
import Testing

@Suite("chunks that are kept while a page is filled")
struct KeptChunksTests {
  @Test("are let go with their last group, and what does not fit is not kept")
  func bound() throws {
    var kept = KeptChunks(limit: 100)
    let first = kept.keep(try Self.chunk(bytes: 60), groups: 2)
    #expect(first.bytes?.count == 60)
    #expect(kept.keep(try Self.chunk(bytes: 60), groups: 1).bytes == nil)
    #expect(kept.keep(try Self.chunk(bytes: 10), groups: 0).bytes == nil)
    kept.release(first)
    #expect(kept.bytes == 60)
    kept.release(first)
    #expect(kept.bytes == 0)
    #expect(kept.keep(try Self.chunk(bytes: 100), groups: 1).bytes?.count == 100)
  }

  private static func chunk(bytes: Int) throws -> OpenChunk {
    let descriptor = ChunkDescriptor(
      stream: StreamID(tenant: .default, service: try ServiceName("web")),
      bucket: TimeBucket(containing: .epoch), byteRange: 0..<bytes, directoryRange: 0..<bytes,
      timeSpan: .epoch...Timestamp.epoch, eventCount: 1, severities: 1)
    let key = try #require(ObjectKey("a"))
    return OpenChunk(
      chunk: IndexedChunks.Chunk(object: key, objectSize: bytes, codec: "plain", descriptor: descriptor),
      directory: ChunkDirectory(), bytes: [UInt8](repeating: 0, count: bytes))
  }
}
