import BlockCompressionContract
import Domain
import Testing
import ZstdAdapter

@Suite("Zstandard", .timeLimit(.minutes(1)))
struct ZstdCompressionTests {
  @Test("keeps the port's promises", arguments: BlockCompressionPromise.allCases, [-5, 1, 3, 9])
  func keeps(_ promise: BlockCompressionPromise, level: Int) async throws {
    try await promise.check(on: ZstdCompression(level: level))
  }

  @Test("refuses a frame that does not state its size")
  func unstatedSize() throws {
    // "hello\n" by `zstd` from a pipe.
    let frame: [UInt8] = [
      0x28, 0xb5, 0x2f, 0xfd, 0x04, 0x58, 0x31, 0x00, 0x00, 0x68, 0x65, 0x6c, 0x6c, 0x6f, 0x0a, 0x53, 0x88, 0xbd, 0x91,
    ]
    var output: [UInt8] = []
    let error = #expect(throws: DecodingError.self) {
      try ZstdCompression().decompress(frame.span, count: 6, to: &output)
    }
    #expect(error?.kind == .corrupt)
    #expect(output.isEmpty)
  }

  @Test("takes no memory for a small frame that claims a terabyte, even if the footer claims the same")
  func forgedSize() throws {
    var frame: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0xe0]
    frame.append(uint64: 1 << 40)
    frame.append(contentsOf: [0x03, 0x00, 0x10, 0x00])  // one last RLE block of 128 KiB
    var output: [UInt8] = []
    let error = #expect(throws: DecodingError.self) {
      try ZstdCompression().decompress(frame.span, count: 1 << 40, to: &output)
    }
    #expect(error?.kind == .corrupt)
    #expect(output.capacity == 0)
  }

  @Test("refuses a skippable frame and two frames in one block")
  func otherFrames() throws {
    let codec = ZstdCompression()
    var frame: [UInt8] = []
    codec.compress([1, 2, 3].span, to: &frame)
    let skippable: [UInt8] = [0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 7]
    var output: [UInt8] = []
    for block in [skippable + frame, frame + skippable, frame + frame] {
      #expect(throws: DecodingError.self) { try codec.decompress(block.span, count: 3, to: &output) }
    }
    #expect(output.isEmpty)
  }
}
