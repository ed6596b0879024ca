import Domain
import StreamDecompressionContract
import Testing
import ZlibAdapter

@Suite("A gzip stream", .timeLimit(.minutes(1)))
struct GzipDecompressionTests {
  private static func member(_ content: [UInt8], level: Int = 6) -> [UInt8] {
    var member: [UInt8] = []
    GzipCompression(level: level).compress(content.span, to: &member)
    return member
  }

  @Test("keeps the port's promises", arguments: StreamDecompressionPromise.allCases, [1, 6, 9])
  func keeps(_ promise: StreamDecompressionPromise, level: Int) async throws {
    let setup = StreamDecompressionSetup(
      stream: { GzipDecompression() }, member: { Self.member($0, level: level) })
    try await promise.check(on: setup)
  }

  @Test("reads headers with a name, a comment, extra fields and a checksum of their own")
  func header() throws {
    // Python: gzip.GzipFile(filename="a.log") around "hello\n".
    let stream: [UInt8] = [
      0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 2, 3, 0x61, 0x2e, 0x6c, 0x6f, 0x67, 0,
      0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0xe7, 2, 0, 0x20, 0x30, 0x3a, 0x36, 6, 0, 0, 0,
    ]
    let decompression = GzipDecompression()
    var content: [UInt8] = []
    for index in stream.indices {
      let consumed = try decompression.unpack(stream.span.extracting(index...index), into: &content, limit: 100)
      #expect(consumed == 1)
    }
    #expect(content == Array("hello\n".utf8))
    #expect(decompression.isAtMemberEnd)
  }

  @Test(
    "is known by its first two bytes",
    arguments: zip(
      [[0x1f, 0x8b, 8], [0x1f, 0x8b], [0x1f], [], [0x1f, 0x8c]] as [[UInt8]], [true, true, false, false, false]))
  func magic(start: [UInt8], isGzip: Bool) {
    #expect(GzipDecompression().recognises(start.span) == isGzip)
  }
}
