import Testing
import Transport

@testable import GRPCAdapter

@Suite("Framing")
struct FramingTests {
  @Test("messages come out whole however the body is cut", arguments: [1, 2, 5, 6, 7, 100, 100_000])
  func cuts(_ size: Int) throws {
    let messages: [[UInt8]] = [[], [1], [UInt8](repeating: 2, count: 300), [], [UInt8](repeating: 3, count: 70_000)]
    let body = messages.flatMap { MessageDeframer.prefix(length: $0.count) + $0 }
    var deframer = MessageDeframer(limit: 70_000)
    var found: [[UInt8]] = []
    for start in stride(from: 0, to: body.count, by: size) {
      deframer.append(Array(body[start..<min(start + size, body.count)]))
      while let message = try deframer.next() { found.append(message) }
    }
    #expect(found == messages)
    #expect(!deframer.isWithinMessage)
  }

  @Test("a message's text survives its encoding", arguments: ["plain", "100 %", "Größe\n", "%41", ""])
  func percent(_ text: String) {
    let encoded = PercentEncoding.encode(text)
    #expect(encoded.utf8.allSatisfy { (0x20...0x7e).contains($0) })
    #expect(PercentEncoding.decode(encoded) == text)
  }

  @Test("what is badly encoded stays as it is", arguments: ["%", "%4", "%zz"])
  func badPercent(_ text: String) { #expect(PercentEncoding.decode(text) == text) }

  @Test("a name that is badly encoded is none", arguments: ["%", "a%4", "%zz", "%ff", "%C3", "%ED%A0%80", "ü%FE"])
  func badName(_ text: String) { #expect(PercentEncoding.decodeStrictly(text) == nil) }

  @Test("a name survives its encoding", arguments: ["plain", "100 %", "Größe\n", "%41", "\u{fffd}"])
  func name(_ text: String) { #expect(PercentEncoding.decodeStrictly(PercentEncoding.encode(text)) == text) }

  @Test("time-outs are read with their units")
  func timeouts() {
    #expect(GRPCTimeout.parse("1H") == .seconds(3600))
    #expect(GRPCTimeout.parse("2M") == .seconds(120))
    #expect(GRPCTimeout.parse("3S") == .seconds(3))
    #expect(GRPCTimeout.parse("99999999m") == .milliseconds(99_999_999))
    #expect(GRPCTimeout.parse("5u") == .microseconds(5))
    #expect(GRPCTimeout.parse("6n") == .nanoseconds(6))
    for text in ["", "S", "1", "-1S", "123456789S", "1.5S", "1s", "+1S"] { #expect(GRPCTimeout.parse(text) == nil) }
  }
}
