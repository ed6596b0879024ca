import BlockCompressionContract
import Domain
import Testing
import ZlibAdapter

@Suite("Gzip", .timeLimit(.minutes(1)))
struct GzipCompressionTests {
  @Test("keeps the port's promises", arguments: BlockCompressionPromise.allCases, [1, 6, 9])
  func keeps(_ promise: BlockCompressionPromise, level: Int) async throws {
    try await promise.check(on: GzipCompression(level: level))
  }

  @Test("writes a member that every gzip reads")
  func header() {
    var block: [UInt8] = []
    GzipCompression().compress([1, 2, 3].span, to: &block)
    #expect(Array(block.prefix(8)) == [0x1f, 0x8b, 8, 0, 0, 0, 0, 0], "deflate, no flags, no time")
  }

  @Test("takes no memory for a small member that claims four gigabytes, even if the footer claims the same")
  func forgedSize() throws {
    var block: [UInt8] = []
    GzipCompression().compress([1, 2, 3].span, to: &block)
    block.replace(uint32: .max, at: block.count - 4)
    var output: [UInt8] = []
    let error = #expect(throws: DecodingError.self) {
      try GzipCompression().decompress(block.span, count: Int(UInt32.max), to: &output)
    }
    #expect(error?.kind == .corrupt)
    #expect(output.capacity == 0)
  }

  @Test("stops a bomb at the size that was expected")
  func bomb() throws {
    var block: [UInt8] = []
    GzipCompression(level: 9).compress([UInt8](repeating: 0, count: 16 << 20).span, to: &block)
    block.replace(uint32: 1_000, at: block.count - 4)
    var output: [UInt8] = []
    let error = #expect(throws: DecodingError.self) {
      try GzipCompression().decompress(block.span, count: 1_000, to: &output)
    }
    #expect(error?.kind == .corrupt)
    #expect(output.capacity < 4_096)
  }
}
