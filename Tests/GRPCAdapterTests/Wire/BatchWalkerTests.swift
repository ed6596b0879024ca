import Application
import Domain
import Testing

@testable import GRPCAdapter

@Suite("Reading a batch")
struct BatchWalkerTests {
  @Test("what the writer wrote is read back, column by column")
  func roundTrip() throws {
    let batch = try Samples.batch([[], [0, 0xff, 0x0a], Array("plain".utf8), [UInt8](repeating: 0x41, count: 70_000)])
    let submission = try Wire().raw(BatchWriter.encode(batch)).submission(age: 1500)
    #expect(submission.stream == batch.stream)
    #expect(submission.producer == batch.producer)
    #expect(submission.sequence == 7)
    #expect(submission.placement == 3)
    #expect(submission.acceptsAnyAge)
    #expect(submission.traceParent == batch.traceParent)
    #expect(submission.age == .milliseconds(1500))
    #expect(submission.rejections.isEmpty)
    expectEqual(submission.events, batch.events)
  }

  private func expectEqual(_ left: EventColumns, _ right: EventColumns) {
    #expect(left.timestamps == right.timestamps)
    #expect(left.severities == right.severities)
    #expect(left.severityTextTable == right.severityTextTable)
    #expect(left.severityTexts == right.severityTexts)
    #expect(left.messages == right.messages)
    #expect(left.messageEnds == right.messageEnds)
    #expect(left.attributes == right.attributes)
    #expect(left.attributeEnds == right.attributeEnds)
    #expect(left.traceIDs == right.traceIDs)
    #expect(left.spanIDs == right.spanIDs)
    #expect(left.flags == right.flags)
    #expect(left.resource == right.resource)
    #expect(left.indexes == right.indexes)
  }

  @Test("the writer always writes the same bytes")
  func deterministic() throws {
    #expect(try BatchWriter.encode(Samples.batch()) == BatchWriter.encode(Samples.batch()))
  }

  struct Fault: CustomTestStringConvertible {
    let reason: EventRejection.Reason
    let event: Wire
    var testDescription: String { reason.rawValue }
  }

  static let faults: [Fault] = {
    let key = Wire().text(1, "k")
    let value = key.varint(3, 1)
    var many = Wire()
    for index in 0..<129 { many = many.message(7, Wire().text(1, "k\(index)").varint(5, 1)) }
    return [
      Fault(reason: .malformed, event: Wire().message(7, key)),
      Fault(
        reason: .messageTooLong, event: Wire().bytes(4, [UInt8](repeating: 0, count: EventLimits().messageBytes + 1))),
      Fault(reason: .invalidSeverity, event: Wire().varint(2, 25)),
      Fault(reason: .invalidTraceID, event: Wire().bytes(5, [1, 2, 3])),
      Fault(reason: .invalidSpanID, event: Wire().bytes(6, [UInt8](repeating: 1, count: 9))),
      Fault(reason: .invalidText, event: Wire().bytes(3, [0xff])),
      Fault(reason: .invalidText, event: Wire().text(3, String(repeating: "x", count: 65))),
      Fault(reason: .invalidText, event: Wire().message(7, key.bytes(2, [0xc3]))),
      Fault(reason: .tooManyAttributes, event: many),
      Fault(reason: .attributeKeyInvalid, event: Wire().message(7, Wire().varint(3, 1))),
      Fault(reason: .attributeKeyInvalid, event: Wire().message(7, Wire().bytes(1, [0x80]).varint(3, 1))),
      Fault(
        reason: .attributeKeyInvalid,
        event: Wire().message(7, Wire().text(1, String(repeating: "k", count: 257)).varint(3, 1))),
      Fault(
        reason: .attributeValueTooLong, event: Wire().message(7, key.bytes(2, [UInt8](repeating: 0x61, count: 32_769)))),
      Fault(reason: .duplicateAttribute, event: Wire().message(7, value).message(7, value)),
    ]
  }()

  @Test("an event that breaks a rule is left out, with its index, its reason and its bytes", arguments: faults)
  func rejects(_ fault: Fault) throws {
    let good = Wire().text(4, "good").message(7, Wire().text(1, "a").text(2, "b"))
    let other = Wire().text(4, "other")
    var terms = Samples.terms
    terms = IngestTerms(
      maximumBatchBytes: 4 << 20, maximumSingleEventBatchBytes: 4 << 20, eventLimits: terms.eventLimits,
      placementVersion: 0)
    let submission = try Wire.batch.message(8, good).message(8, fault.event).message(8, other).submission(terms: terms)
    #expect(submission.rejections == [EventRejection(index: 1, reason: fault.reason, content: fault.event.bytes)])
    #expect(submission.events.indexes == [0, 2])
    #expect(submission.events.messages == Array("goodother".utf8))
    #expect(
      try AttributeEncoding.attributes(submission.events.attributes.span) == [Attribute(key: "a", value: .string("b"))])
  }

  @Test("the largest values that the limits allow are taken")
  func atTheLimits() throws {
    var event = Wire().text(3, String(repeating: "x", count: 64)).varint(2, 24)
    event = event.bytes(5, [UInt8](repeating: 1, count: 16)).bytes(6, [UInt8](repeating: 1, count: 8))
    event = event.message(
      7, Wire().text(1, String(repeating: "k", count: 256)).bytes(2, [UInt8](repeating: 0x61, count: 32_768)))
    for index in 0..<127 { event = event.message(7, Wire().text(1, "k\(index)").varint(5, 0)) }
    let submission = try Wire.batch.message(8, event).submission()
    #expect(submission.rejections.isEmpty)
    #expect(submission.events.count == 1)
  }

  @Test("all-zero trace and span ids mean none")
  func zeroIDs() throws {
    let event = Wire().bytes(5, [UInt8](repeating: 0, count: 16)).bytes(6, [UInt8](repeating: 0, count: 8))
    let submission = try Wire.batch.message(8, event).submission()
    #expect(submission.events.flags == [0])
  }

  @Test("fields in any order, the last of a repeated scalar, unknown fields and wire types")
  func protobufRules() throws {
    let attribute = Wire().varint(3, 1).text(2, "last").text(1, "old").text(1, "key").bytes(99, [1])
    let event = Wire().message(7, attribute).text(4, "old").varint(2, 1).fixed64(77, 1).text(4, "new").varint(2, 9)
      .fixed64(1, 5).varint(4, 1)
    let batch = Wire().message(8, event).text(3, "old").varint(2, 1).bytes(1, [1]).raw(Wire.batch.bytes).varint(500, 1)
    let submission = try batch.submission()
    #expect(submission.stream.service.text == "api-service")
    #expect(submission.sequence == 5)
    #expect(submission.events.messages == Array("new".utf8))
    #expect(submission.events.severities == [9])
    #expect(submission.events.timestamps == [5])
    #expect(
      try AttributeEncoding.attributes(submission.events.attributes.span) == [
        Attribute(key: "key", value: .string("last"))
      ])
  }

  @Test("a batch that is there twice is merged, as protobuf says")
  func merges() throws {
    let first = Wire.batch.message(8, Wire().text(4, "a"))
    let second = Wire().varint(2, 8).message(8, Wire().text(4, "b"))
    let request = Wire().message(1, first).message(1, second)
    let submission = try BatchSubmission(pushRequest: request.bytes.span, tenant: .default, terms: Samples.terms)
    #expect(submission.sequence == 8)
    #expect(submission.events.messages == Array("ab".utf8))
    #expect(submission.wireBytes == first.bytes.count + second.bytes.count)
  }

  @Test("the digest is over resource and event payloads only, each behind its length")
  func digest() throws {
    let resource = Wire().text(1, "host").text(2, "a")
    let events = [Wire().text(4, "one"), Wire().text(4, "two")]
    let batch = Wire.batch.message(7, resource).message(8, events[0]).message(8, events[1])
    var expected = CRC32C()
    for payload in [resource, events[0], events[1]] {
      expected.update(length: payload.bytes.count)
      expected.update(payload.bytes.span)
    }
    #expect(try batch.submission().digest == expected.value)
    #expect(try batch.text(6, "00-ab").submission(age: 9).digest == expected.value)
  }

  @Test("a batch over its limit is refused; a single event may have more")
  func sizes() throws {
    let small = IngestTerms(
      maximumBatchBytes: 100, maximumSingleEventBatchBytes: 200, eventLimits: EventLimits(), placementVersion: 0)
    let event = Wire().bytes(4, [UInt8](repeating: 0, count: 120))
    #expect(try Wire.batch.message(8, event).submission(terms: small).events.count == 1)
    let two = Wire.batch.message(8, event).message(8, Wire())
    #expect(throws: BatchFault.tooLarge(bytes: two.bytes.count, limit: 100, isSingleEvent: false)) {
      try two.submission(terms: small)
    }
    let large = Wire.batch.message(8, event).bytes(99, [UInt8](repeating: 0, count: 100))
    #expect(throws: BatchFault.tooLarge(bytes: large.bytes.count, limit: 200, isSingleEvent: true)) {
      try large.submission(terms: small)
    }
  }

  @Test("what the whole batch says wrongly refuses the whole batch")
  func batchFaults() {
    #expect(throws: BatchFault.invalidProducer(bytes: 3)) { try Wire.batch.bytes(1, [1, 2, 3]).submission() }
    #expect(throws: BatchFault.invalidService(.badFirstCharacter("_"))) { try Wire.batch.text(3, "_x").submission() }
    #expect(throws: BatchFault.invalidService(.empty)) { try Wire().submission() }
    #expect(throws: BatchFault.invalidTraceParent) { try Wire.batch.bytes(6, [0xff]).submission() }
    let attribute = Wire().text(1, "k").varint(3, 1)
    #expect(throws: BatchFault.invalidResource(.duplicateAttribute)) {
      try Wire.batch.message(7, attribute).message(7, attribute).submission()
    }
    #expect(throws: BatchFault.invalidResource(.malformed)) {
      try Wire.batch.message(7, Wire().text(1, "k")).submission()
    }
  }

  @Test("a sender without producer id has none")
  func noProducer() throws {
    #expect(try Wire().text(3, "api").submission().producer == nil)
  }

  @Test("every truncation is an error or a shorter batch, never a trap")
  func truncations() throws {
    let request = Wire().message(1, Wire().raw(BatchWriter.encode(try Samples.batch()))).bytes
    for count in 0..<request.count {
      #expect(throws: BatchFault.self) {
        try BatchSubmission(pushRequest: request.span.extracting(0..<count), tenant: .default, terms: Samples.terms)
      }
    }
  }

  @Test("random damage is an error or another batch, never a trap", arguments: 0..<8)
  func damage(_ seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let request = Wire().message(1, Wire().raw(BatchWriter.encode(try Samples.batch()))).bytes
    for _ in 0..<2_000 {
      var damaged = request
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        damaged[Int.random(in: damaged.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = try? BatchSubmission(pushRequest: damaged.span, tenant: .default, terms: Samples.terms)
      _ = BatchIdentity(pushRequest: damaged.span)
    }
  }
}
