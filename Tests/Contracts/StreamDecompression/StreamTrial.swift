import Application
import Domain
import Testing

/// The steps that the promises share.
struct StreamTrial<Stream: StreamDecompression>: Sendable {
  let setup: StreamDecompressionSetup<Stream>

  /// Feeds `bytes` in pieces of `piece` bytes; returns the content and whether it ended at a member's end.
  func unpack(
    _ bytes: [UInt8], piece: Int = .max, limit: Int = 1 << 16
  ) throws(DecodingError) -> (content: [UInt8], isWhole: Bool) {
    let stream = setup.stream()
    var content: [UInt8] = []
    var position = 0
    while true {
      let end = bytes.count - position > piece ? position + piece : bytes.count
      let before = content.count
      let consumed = try stream.unpack(bytes.span.extracting(position..<end), into: &content, limit: limit)
      guard 0...(end - position) ~= consumed, content.count - before <= limit, content.count >= before else {
        Issue.record("\(consumed) of \(end - position) bytes consumed, \(content.count - before) of \(limit) given out")
        return (content, stream.isAtMemberEnd)
      }
      position += consumed
      if consumed == 0, content.count == before { return (content, stream.isAtMemberEnd) }
    }
  }

  func expectContent(_ content: [UInt8], of bytes: [UInt8], piece: Int = .max, limit: Int = 1 << 16) throws {
    let (result, isWhole) = try unpack(bytes, piece: piece, limit: limit)
    let isSame = result == content
    #expect(isSame, "\(result.count) bytes, or others, for \(content.count), by pieces of \(piece)")
    #expect(isWhole, "it ends at no member's end")
  }

  func expectRefusal(_ bytes: [UInt8], at offset: Int, piece: Int = .max) {
    do throws(DecodingError) {
      _ = try unpack(bytes, piece: piece)
      Issue.record("\(bytes.count) bytes were taken for a stream")
    } catch {
      #expect(error.kind == .malformed)
      #expect(error.offset == offset, "\(error)")
    }
  }

  func checkStart() {
    let stream = setup.stream()
    for content in [StreamSamples.text, StreamSamples.line, []] {
      let member = setup.member(content)
      let isRecognised = stream.recognises(member.span)
      #expect(isRecognised, "\(content.count) bytes of content")
    }
    let foreign: [[UInt8]] = [[], [0], Array("{\"message\": 1}".utf8), StreamSamples.text, Array("PK\u{3}\u{4}".utf8)]
    for start in foreign {
      let isRecognised = stream.recognises(start.span)
      #expect(!isRecognised, "taken for a stream: \(start.prefix(8))")
    }
  }

  /// However far the input expands: a megabyte of zeros comes a hundred bytes at a time.
  func checkLimit() throws {
    let zeros = [UInt8](repeating: 0, count: 1 << 20)
    let bomb = setup.member(zeros)
    let stream = setup.stream()
    var (position, total) = (0, 0)
    while true {
      var output: [UInt8] = []
      let consumed = try stream.unpack(bomb.span.extracting(position...), into: &output, limit: 100)
      try #require(output.count <= 100, "\(output.count) bytes given out")
      position += consumed
      total += output.count
      if consumed == 0, output.isEmpty { break }
    }
    #expect(total == zeros.count)
  }

  /// The whole input is consumed long before the content is out: an empty input is asked for the rest.
  func checkHeldBack() throws {
    let bytes = setup.member([UInt8](repeating: 7, count: 10_000))
    let stream = setup.stream()
    var content: [UInt8] = []
    var position = 0
    while position < bytes.count {
      let before = content.count
      let consumed = try stream.unpack(bytes.span.extracting(position...), into: &content, limit: 1)
      position += consumed
      try #require(consumed > 0 || content.count > before, "it stands still at byte \(position)")
    }
    var last = -1
    while content.count > last {
      last = content.count
      _ = try stream.unpack([UInt8]().span, into: &content, limit: 1)
    }
    #expect(content.count == 10_000)
    #expect(stream.isAtMemberEnd)
  }

  func checkAppending() throws {
    var output: [UInt8] = [1, 2, 3]
    _ = try setup.stream().unpack(setup.member(StreamSamples.line).span, into: &output, limit: 1 << 16)
    #expect(output == [1, 2, 3] + StreamSamples.line)
  }

  func checkCuts() throws {
    let member = setup.member(StreamSamples.line)
    for first in [[], member] {
      for length in 1..<member.count {
        let isWhole = try unpack(first + member.prefix(length)).isWhole
        try #require(!isWhole, "cut to \(length) of \(member.count) bytes")
      }
    }
  }
}
