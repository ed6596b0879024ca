import Domain
import Testing

/// The steps that the promises share.
struct CompressionTrial<Codec: BlockCompression> {
  let codec: Codec

  func compressed(_ content: [UInt8]) -> [UInt8] {
    var block: [UInt8] = []
    codec.compress(content.span, to: &block)
    return block
  }

  func decompressed(_ block: [UInt8], count: Int) throws(DecodingError) -> [UInt8] {
    var content: [UInt8] = []
    try codec.decompress(block.span, count: count, to: &content)
    return content
  }

  func expectRoundTrip(_ content: [UInt8]) throws {
    let result = try decompressed(compressed(content), count: content.count)
    let isSame = result == content
    #expect(isSame, "\(content.count) bytes came back as \(result.count) or as others")
  }

  func expectCorrupt(_ block: [UInt8], count: Int, _ what: String = "") {
    var output: [UInt8] = []
    do throws(DecodingError) {
      try codec.decompress(block.span, count: count, to: &output)
      Issue.record("\(block.count) bytes were taken for \(count) bytes of content \(what)")
    } catch { #expect(error.kind == .corrupt, "\(error)") }
    #expect(output.capacity <= max(2 * block.count, CompressionSamples.text.count + 4_096), "memory was taken in vain")
  }

  func checkAppending() throws {
    var block: [UInt8] = [1, 2, 3]
    let text = CompressionSamples.text
    codec.compress(text.span, to: &block)
    #expect(Array(block.prefix(3)) == [1, 2, 3])
    var content: [UInt8] = [9, 8]
    try codec.decompress(block.span.extracting(3...), count: CompressionSamples.text.count, to: &content)
    let isSame = content == [9, 8] + text
    #expect(isSame, "the content is not behind what was there")
  }

  func checkTruncation() {
    let block = compressed(CompressionSamples.line)
    for length in 0..<block.count {
      expectCorrupt(Array(block.prefix(length)), count: CompressionSamples.line.count, "cut to \(length) bytes")
    }
  }

  func checkTrailing() {
    let block = compressed(CompressionSamples.text)
    for rest in [[0], Array("rest".utf8), block] {
      expectCorrupt(block + rest, count: CompressionSamples.text.count, "with \(rest.count) bytes behind it")
    }
  }

  func checkFlips() {
    let text = CompressionSamples.line
    let block = compressed(text)
    for bit in 0..<block.count * 8 {
      var damaged = block
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      do throws(DecodingError) {
        guard try decompressed(damaged, count: text.count) != text else { continue }
        Issue.record("bit \(bit) flipped gave other content")
        return
      } catch { #expect(error.kind == .corrupt, "\(error)") }
    }
  }

  func checkCounts() {
    let block = compressed(CompressionSamples.text)
    for count in [
      0, 1, CompressionSamples.text.count - 1, CompressionSamples.text.count + 1, 2 * CompressionSamples.text.count,
    ] {
      expectCorrupt(block, count: count)
    }
    expectCorrupt(compressed([]), count: 1)
  }

  func checkOutputAfterDamage() throws {
    let block = compressed(CompressionSamples.text)
    var output: [UInt8] = [1, 2, 3]
    for damaged in [Array(block.dropLast(5)), block + [0], Array(block.dropLast()) + [~block[block.count - 1]]] {
      #expect(throws: DecodingError.self) {
        try codec.decompress(damaged.span, count: CompressionSamples.text.count, to: &output)
      }
      #expect(output.count == 3, "a failed call left something behind")
    }
    try codec.decompress(block.span, count: CompressionSamples.text.count, to: &output)
    let isSame = output == [1, 2, 3] + CompressionSamples.text
    #expect(isSame, "damage had an effect on the call after it")
  }

  func checkConcurrency() async {
    let results = await withTaskGroup(of: Bool.self) { group in
      for worker in 0..<16 {
        group.addTask { @concurrent in
          let content = CompressionSamples.text + CompressionSamples.noise(worker * 997)
          for _ in 0..<20 {
            guard (try? decompressed(compressed(content), count: content.count)) == content else { return false }
          }
          return true
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.allSatisfy { $0 }, "calls on several threads disturbed each other")
  }
}
