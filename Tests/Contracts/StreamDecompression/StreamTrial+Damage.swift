import Application
import Domain
import Testing

extension StreamTrial {
  func checkGarbage() {
    let member = setup.member(StreamSamples.line)
    let behindPadding = [0] + member.prefix(4)
    let rests: [(bytes: [UInt8], offset: Int)] = [(Array("text".utf8), 0), ([0, 0, 7], 2), (behindPadding, 1)]
    for rest in rests {
      for piece in [1, .max] { expectRefusal(member + rest.bytes, at: member.count + rest.offset, piece: piece) }
    }
  }

  /// A flip may make a stream look foreign, damaged or cut off, or change nothing; it never passes for another content.
  func checkFlips() throws {
    let member = setup.member(StreamSamples.line)
    var noticed = 0
    for bit in 0..<member.count * 8 {
      var damaged = member
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      guard let result = try? unpack(damaged), result.isWhole else {
        noticed += 1
        continue
      }
      let isSame = result.content == StreamSamples.line
      try #require(isSame, "bit \(bit) flipped gave another content")
    }
    #expect(noticed > 0)
  }

  func checkUseAfterAnError() throws {
    let member = setup.member(StreamSamples.line)
    let stream = setup.stream()
    var output: [UInt8] = []
    let damaged = member.dropLast() + [~member[member.count - 1]]
    #expect(throws: DecodingError.self) { try feed(Array(damaged), to: stream, &output) }
    let before = output.count
    for bytes in [Array(damaged), member, []] {
      #expect(throws: DecodingError.self) { try feed(bytes, to: stream, &output) }
    }
    #expect(output.count == before, "content came after an error")
    #expect(!stream.isAtMemberEnd)
  }

  private func feed(_ bytes: [UInt8], to stream: Stream, _ output: inout [UInt8]) throws {
    var position = 0
    repeat {
      position += try stream.unpack(bytes.span.extracting(position...), into: &output, limit: 1 << 16)
    } while position < bytes.count
  }

  /// Interleaved in one task, and each in a task of its own.
  func checkSeveral() async throws {
    let contents = [StreamSamples.text, StreamSamples.line, StreamSamples.text.reversed()]
    let members = contents.map(setup.member)
    let isSame = try unpackInTurns(members) == contents
    try #require(isSame, "streams that were read in turns got mixed up")
    let areRight = await withTaskGroup(of: Bool.self) { group in
      for piece in 1..<9 {
        group.addTask { @concurrent in (try? unpack(members[0], piece: piece * 100))?.content == StreamSamples.text }
      }
      return await group.allSatisfy { $0 }
    }
    #expect(areRight, "streams that were read at the same time disturbed each other")
  }
  /// Gives each of several streams some of its input, round by round.
  private func unpackInTurns(_ members: [[UInt8]]) throws(DecodingError) -> [[UInt8]] {
    let streams = members.map { _ in setup.stream() }
    var contents = members.map { _ in [UInt8]() }
    var positions = members.map { _ in 0 }
    var hasMoved = true
    while hasMoved {
      hasMoved = false
      for (index, member) in members.enumerated() {
        let (position, before) = (positions[index], contents[index].count)
        let input = member.span.extracting(position..<min(position + 50, member.count))
        let consumed = try streams[index].unpack(input, into: &contents[index], limit: 200)
        positions[index] += consumed
        hasMoved = hasMoved || consumed > 0 || contents[index].count > before
      }
    }
    return contents
  }
}
