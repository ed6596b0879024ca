import Application
import Domain
import Testing

@testable import GRPCAdapter

@Suite("Messages other than batches")
struct MessageTests {
  static let identity = BatchIdentity(service: "api", producer: [UInt8](repeating: 3, count: 16), sequence: 1 << 40)

  static let answers: [BatchAnswer] = [
    .outcome(.accepted(isExactlyOnce: true, retimed: 0, deadLetters: [])),
    .outcome(
      .accepted(
        isExactlyOnce: false, retimed: 16,
        deadLetters: [
          EventRejection(index: 0, reason: .malformed, content: []),
          EventRejection(index: 70_000, reason: .duplicateAttribute, content: []),
        ])),
    .outcome(.deadLettered(reason: .tooManyStreams)),
    .outcome(.retryAfter(.milliseconds(250), reason: "the log is full")),
    .rejected(reason: "placement 9 is not known"),
  ]

  @Test("an answer is read as it was written", arguments: answers)
  func answer(_ answer: BatchAnswer) throws {
    let message = PushResponseMessage(Self.identity, answer)
    #expect(try PushResponseMessage(decoding: message.encoded.span) == message)
  }

  @Test("an answer with unknown fields is read, one without an outcome is not")
  func unknownAnswers() throws {
    let message = PushResponseMessage(Self.identity, Self.answers[0])
    let extended = Wire().raw(message.encoded).varint(90, 1).bytes(91, [1])
    #expect(try PushResponseMessage(decoding: extended.bytes.span) == message)
    #expect(throws: DecodingError.self) { try PushResponseMessage(decoding: Wire().text(1, "api").bytes.span) }
  }

  @Test("a reason of a newer server is still an answer")
  func newerReasons() throws {
    let letter = Wire().varint(1, 4).text(2, "from-the-future")
    let bytes = Wire().message(4, Wire().varint(1, 1).message(3, letter)).bytes
    let letters = [EventRejection(index: 4, reason: .malformed, content: [])]
    #expect(
      try PushResponseMessage(decoding: bytes.span).answer
        == .outcome(.accepted(isExactlyOnce: true, retimed: 0, deadLetters: letters)))
  }

  @Test("terms are read as they were written")
  func terms() throws {
    #expect(try IngestTerms(describeResponse: Samples.terms.encoded.span) == Samples.terms)
  }

  @Test("the identity of a broken batch can be told as long as its service is text")
  func identities() throws {
    let broken = Wire.batch.bytes(8, [0x0c])
    #expect(throws: BatchFault.self) { try broken.submission() }
    let identity = BatchIdentity(pushRequest: Wire().message(1, broken).bytes.span)
    #expect(identity == BatchIdentity(service: "api-service", producer: [UInt8](repeating: 9, count: 16), sequence: 5))
    #expect(BatchIdentity(pushRequest: Wire().message(1, Wire().bytes(3, [0xff])).bytes.span) == nil)
    #expect(BatchIdentity(pushRequest: Wire().varint(2, 5).bytes.span) == nil)
  }
}
