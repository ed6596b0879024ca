import DeadLetterQueueContract
import Domain
import Testing

@testable import KafkaAdapter

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

  @Test("forgets all that it is to read anew when the topic begins behind a letter that it knows")
  func beginning() throws {
    let letters = try (0..<2).map { try SampleLetter.numbered($0) }
    var index = LetterIndex()
    index.apply([.letter(0, letters[0])], at: 3)
    index.apply([.letter(0, letters[1])], at: 4)
    index.begin(at: 3)
    #expect(index.entries.count == 2 && index.next == 5)
    index.begin(at: 4)
    #expect(index.entries.isEmpty && index.next == 4)
    #expect(!index.contains(LetterHashes.hash(letters[0].id)))
    index.apply([.letter(0, letters[1])], at: 4)
    #expect(index.entries.map(\.number) == [LetterMessage.number(offset: 4, index: 0)])
  }
}
