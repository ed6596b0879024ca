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
    #expect(try LetterMessage.decoded(messages[0].span) == records)
  }

  @Test("end before they are too large")
  func sizes() throws {
    let records = try (0..<5).map { LetterRecord.letter(0, try SampleLetter.numbered($0, contentBytes: 600_000)) }
    let messages = LetterMessage.encoded(records)
    #expect(messages.count == 5)
    #expect(try messages.flatMap { try LetterMessage.decoded($0.span) } == records)
    #expect(LetterMessage.encoded([]).isEmpty)
  }

  @Test("name their version when a newer one is met")
  func version() {
    let error = #expect(throws: DecodingError.self) { try LetterMessage.decoded([UInt8]([2, 0]).span) }
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
}

@Suite("The index of dead letters")
struct LetterIndexTests {
  @Test("takes the first of two letters with one id, and the next when that was dropped")
  func repetition() throws {
    let letter = try SampleLetter.numbered(1)
    var index = LetterIndex()
    index.apply([.letter(0, letter)], at: 4)
    index.apply([.letter(0, letter)], at: 5)
    #expect(index.entries.map(\.number) == [LetterMessage.number(offset: 4, index: 0)])
    index.apply([.dropped(index.entries[0].number, letter.id)], at: 6)
    #expect(index.entries.isEmpty && index.floor == 7)
    index.apply([.letter(0, letter)], at: 7)
    #expect(index.entries.count == 1 && index.floor == 7)
  }

  @Test("passes over replays and drops of letters that are gone")
  func absence() throws {
    let letter = try SampleLetter.numbered(1)
    var index = LetterIndex()
    index.apply([.letter(0, letter)], at: 0)
    let replay = DeadLetterReplay(first: .epoch, placement: 2, last: .epoch, outcome: nil)
    index.apply([.replay(99, replay), .dropped(99, letter.id)], at: 1)
    #expect(index.entries.count == 1 && index.entries[0].replay == 0)
    #expect(index.contains(LetterHashes.hash(letter.id)))
  }
}
