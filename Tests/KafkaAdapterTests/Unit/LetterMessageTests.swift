import DeadLetterQueueContract
import Domain
import Testing

@testable import KafkaAdapter

@Suite("Messages of dead letters")
struct LetterMessageTests {
  @Test("hold every kind of record, in few messages, and read back")
  func roundTrip() throws {
    let replay = DeadLetterReplay(first: .epoch, placement: 2, last: .distantFuture, outcome: .accepted)
    let letters = try SampleLetter.everyKind()
    let records = letters.map { LetterRecord.letter(0, $0) } + [.replay(7, replay), .dropped(9, letters[0].id)]
    let messages = LetterMessage.encoded(records)
    #expect(messages.count == 1)
    #expect(try Self.decoded(messages[0]) == records)
  }

  @Test("end before they are too large")
  func sizes() throws {
    let records = try (0..<5).map { LetterRecord.letter(0, try SampleLetter.numbered($0, contentBytes: 600_000)) }
    let messages = LetterMessage.encoded(records)
    #expect(messages.count == 5)
    #expect(try messages.flatMap { try Self.decoded($0) } == records)
    #expect(LetterMessage.encoded([]).isEmpty)
  }

  @Test("name their version when a newer one is met")
  func version() {
    let error = #expect(throws: DecodingError.self) { try Self.decoded([2, 0]) }
    #expect("\(error, default: "")".contains("version 2"))
  }

  @Test("number records so that their place is found")
  func places() {
    for (offset, index) in [(UInt64(0), 0), (5, 65_534), (1 << 40, 3)] {
      let number = LetterMessage.number(offset: offset, index: index)
      #expect(number > 0)
      #expect(LetterMessage.place(of: number) == (offset, index))
    }
  }

  private static func decoded(_ bytes: [UInt8]) throws -> [LetterRecord] { try LetterMessage.decoded(bytes.span) }
}
