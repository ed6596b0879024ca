import Domain
import Testing
import ZlibAdapter

@Suite("A gzip stream", .timeLimit(.minutes(1)))
struct GzipDecompressionTests {
  private static let first = Array(String(repeating: "a line of a log\n", count: 2_000).utf8)
  private static let second = Array("and another member\n".utf8)

  private static func member(_ content: [UInt8]) -> [UInt8] {
    var member: [UInt8] = []
    GzipCompression().compress(content.span, to: &member)
    return member
  }

  /// Feeds `stream` in pieces of `piece` bytes; returns the content and whether it ended at a member's end.
  private func unpack(
    _ stream: [UInt8], piece: Int = .max, limit: Int = 1 << 16
  ) throws(DecodingError) -> (content: [UInt8], isWhole: Bool) {
    let decompression = GzipDecompression()
    var content: [UInt8] = []
    var position = 0
    while true {
      let end = stream.count - position > piece ? position + piece : stream.count
      let input = stream.span.extracting(position..<end)
      let before = content.count
      let consumed = try decompression.unpack(input, into: &content, limit: limit)
      #expect(content.count - before <= limit)
      position += consumed
      if consumed == 0, content.count == before { return (content, decompression.isAtMemberEnd) }
    }
  }

  @Test(
    "gives its content, however it is cut and however little is taken",
    arguments: [1, 2, 7, 4_096, .max], [1, 100, 65_536])
  func pieces(piece: Int, limit: Int) throws {
    let result = try unpack(Self.member(Self.first), piece: piece, limit: limit)
    let isSame = result.content == Self.first
    #expect(isSame)
    #expect(result.isWhole)
  }

  @Test("goes on to the next member", arguments: [1, 5, .max])
  func members(piece: Int) throws {
    let stream = Self.member(Self.first) + Self.member([]) + Self.member(Self.second)
    let result = try unpack(stream, piece: piece)
    let isSame = result.content == Self.first + Self.second
    #expect(isSame)
    #expect(result.isWhole)
  }

  @Test("passes over zeros behind the last member", arguments: [1, 3, .max])
  func padding(piece: Int) throws {
    let result = try unpack(Self.member(Self.second) + [UInt8](repeating: 0, count: 512), piece: piece)
    #expect(result.content == Self.second)
    #expect(result.isWhole)
  }

  @Test("reads headers with a name, a comment, extra fields and a checksum of their own")
  func header() throws {
    // Python: gzip.GzipFile(filename="a.log") around "hello\n".
    let stream: [UInt8] = [
      0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 2, 3, 0x61, 0x2e, 0x6c, 0x6f, 0x67, 0,
      0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0xe7, 2, 0, 0x20, 0x30, 0x3a, 0x36, 6, 0, 0, 0,
    ]
    #expect(try unpack(stream, piece: 1).content == Array("hello\n".utf8))
  }

  @Test("is whole while nothing was read, and not where it is cut")
  func truncation() throws {
    #expect(try unpack([]).isWhole)
    let stream = Self.member(Self.second)
    for length in 1..<stream.count {
      let result = try unpack(Array(stream.prefix(length)))
      #expect(!result.isWhole, "cut to \(length) of \(stream.count) bytes")
    }
  }

  @Test("is refused with garbage behind a member or behind padding", arguments: [1, .max])
  func garbage(piece: Int) {
    let member = Self.member(Self.second)
    for (rest, offset) in [(Array("text".utf8), 0), ([0, 0, 7], 2), ([0, 0x1f, 0x8b], 1)] {
      let error = #expect(throws: DecodingError.self) { try unpack(member + rest, piece: piece) }
      #expect(error?.kind == .malformed)
      #expect(error?.offset == member.count + offset)
    }
  }

  @Test("is refused if it is something else", arguments: ["plain text", "PK\u{3}\u{4}", "\0"])
  func foreign(_ text: String) {
    let error = #expect(throws: DecodingError.self) { try unpack(Array(text.utf8)) }
    #expect(error?.offset == 0)
  }

  @Test("notices a flipped bit in content, checksum or length")
  func flips() {
    let stream = Self.member(Self.second)
    for bit in 80..<stream.count * 8 {
      var damaged = stream
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      // A flip may also make it look cut off.
      let result = try? unpack(damaged)
      #expect(result == nil || result?.isWhole == false || result?.content == Self.second, "bit \(bit)")
    }
  }

  @Test("cannot be used after an error")
  func afterAnError() {
    let decompression = GzipDecompression()
    var output: [UInt8] = []
    let garbage = Array("garbage".utf8)
    for _ in 0..<2 {
      #expect(throws: DecodingError.self) { try decompression.unpack(garbage.span, into: &output, limit: 10) }
    }
    #expect(!decompression.isAtMemberEnd)
  }

  @Test(
    "is known by its first two bytes",
    arguments: zip(
      [[0x1f, 0x8b, 8], [0x1f, 0x8b], [0x1f], [], [0x1f, 0x8c]] as [[UInt8]], [true, true, false, false, false]))
  func magic(start: [UInt8], isGzip: Bool) {
    #expect(GzipDecompression().recognises(start.span) == isGzip)
  }
}
