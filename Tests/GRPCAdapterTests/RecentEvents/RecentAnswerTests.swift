import Application
import Domain
import Testing

@testable import GRPCAdapter

@Suite("An answer about recent events, on the wire")
struct RecentAnswerTests {
  @Test(
    "comes as it was, in bounded messages",
    arguments: [(0, 0, 0), (3, 10, 1), (5_000, 10, 0), (9, 400 << 10, 2), (3, 2 << 20, 0), (2, 10, 20_000)])
  func roundTrip(_ batches: Int, _ bytes: Int, _ gaps: Int) throws {
    let answer = try RecentSamples.answer(batches: batches, bytes: bytes, gaps: gaps, isProvisional: batches % 2 == 0)
    var writer = RecentAnswerWriter(answer)
    var reader = RecentAnswerReader(try RecentSamples.question(), limit: 256 << 20)
    let longestRecord = answer.batches.map(\.events.bytes.count).max() ?? 0
    while let message = writer.next() {
      #expect(message.count <= max(RecentAnswerWriter.messageBytes, longestRecord + 32))
      try reader.take(message)
    }
    let isSame = RecentSamples.areEqual(try reader.finish(), answer)
    #expect(isSame)
  }

  @Test("is not taken when any part of it is missing")
  func notWhole() throws {
    let messages = try messages(of: try RecentSamples.answer(batches: 4, bytes: 600 << 10, gaps: 2))
    #expect(messages.count > 2)
    for end in messages.indices {
      var reader = RecentAnswerReader(try RecentSamples.question(), limit: 256 << 20)
      for message in messages[..<end] { try reader.take(message) }
      #expect(throws: GRPCStatus.self) { try reader.finish() }
    }
  }

  @Test("that is cut off anywhere within a message is never taken as whole, nor traps")
  func truncated() throws {
    let message = try messages(of: try RecentSamples.answer(batches: 2))[0]
    for end in 0..<message.count {
      var reader = RecentAnswerReader(try RecentSamples.question(), limit: 1 << 20)
      do throws(GRPCStatus) {
        try reader.take(Array(message[..<end]))
        _ = try reader.finish()
        Issue.record("taken with \(end) of \(message.count) bytes")
      } catch { #expect(error.code == .internalError) }
    }
  }

  @Test("with a byte changed anywhere does not trap")
  func changed() throws {
    let message = try messages(of: try RecentSamples.answer(batches: 2))[0]
    for place in message.indices {
      for value: UInt8 in [0, 0x7f, 0xff] {
        var changed = message
        changed[place] = value
        var reader = RecentAnswerReader(try RecentSamples.question(), limit: 1 << 20)
        // Either outcome is right: not every byte is covered by a checksum.
        do throws(GRPCStatus) {
          try reader.take(changed)
          _ = try reader.finish()
        } catch { #expect(error.code == .internalError || error.code == .resourceExhausted) }
      }
    }
  }

  @Test("that cannot be right is refused", arguments: RecentGarbage.allCases)
  func garbage(_ garbage: RecentGarbage) throws {
    var reader = RecentAnswerReader(try RecentSamples.question(), limit: 1 << 20)
    #expect(throws: GRPCStatus.self) {
      for message in try garbage.messages() { try reader.take(message) }
      _ = try reader.finish()
    }
  }

  private func messages(of answer: RecentAnswer) throws -> [[UInt8]] {
    var writer = RecentAnswerWriter(answer)
    var messages: [[UInt8]] = []
    while let message = writer.next() { messages.append(message) }
    return messages
  }
}
