import Application
import Domain
import Testing

extension EventIngestPromise {
  func checkTerms(_ stage: IngestStage) async throws {
    let terms = try await stage.door.terms(tenant: tenant)
    #expect(terms.maximumBatchBytes > 0)
    #expect(terms.maximumSingleEventBatchBytes >= terms.maximumBatchBytes)
    #expect(terms.eventLimits.messageBytes > 0)
    #expect(terms.eventLimits.messageBytes < terms.maximumSingleEventBatchBytes)
    #expect(try await stage.door.terms(tenant: tenant) == terms, "terms are the same when asked again")
  }

  func checkBytes(_ stage: IngestStage) async throws {
    let messages: [[UInt8]] = [
      [], [0], [0xff, 0xfe, 0xc3], Array("two\nlines\r\n".utf8), Array("Grüße, 世界".utf8), (0...255).map { UInt8($0) },
    ]
    let draft = IngestDraft(events: messages.map { IngestDraft.Event($0) })
    let outcome = try await stage.door.push(draft, tenant: tenant)
    #expect(outcome == .accepted(isExactlyOnce: true, retimed: 0, deadLetters: []))
    #expect(try await stage.taken(draft.stream(tenant: tenantID())) == [messages])
  }

  func checkLargest(_ stage: IngestStage) async throws {
    let limit = try await stage.door.terms(tenant: tenant).eventLimits.messageBytes
    let message = (0..<limit).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let draft = IngestDraft(events: [IngestDraft.Event(message)])
    let outcome = try await stage.door.push(draft, tenant: tenant)
    #expect(outcome == .accepted(isExactlyOnce: true, retimed: 0, deadLetters: []))
    let isTaken = try await stage.taken(draft.stream(tenant: tenantID())) == [[message]]
    #expect(isTaken, "a message of \(limit) bytes comes back as it was given")
  }

  func checkNoProducer(_ stage: IngestStage) async throws {
    let draft = IngestDraft(producer: nil, events: messages("one"))
    let outcome = try await stage.door.push(draft, tenant: tenant)
    #expect(outcome == .accepted(isExactlyOnce: false, retimed: 0, deadLetters: []))
    #expect(try await stage.taken(draft.stream(tenant: tenantID())).count == 1)
  }

  func checkRepeated(_ stage: IngestStage) async throws {
    var draft = IngestDraft(sequence: 1 << 40, events: messages("one", "two"))
    draft.events.append(IngestDraft.Event(Array("bad".utf8), traceID: [1]))
    let first = try await stage.door.push(draft, tenant: tenant)
    draft.age = .seconds(90)
    let second = try await stage.door.push(draft, tenant: tenant)
    #expect(comparable(first) == comparable(second))
    #expect(try await stage.taken(draft.stream(tenant: tenantID())).first?.count == 2)
  }

  func checkInvalidEvents(_ stage: IngestStage) async throws {
    let tooLong = try await stage.door.terms(tenant: tenant).eventLimits.messageBytes + 1
    var draft = IngestDraft(events: messages("first", "bad trace", "middle", "bad too", "last"))
    draft.events[1].traceID = [1, 2, 3]
    draft.events[3].traceID = [UInt8](repeating: 1, count: 17)
    let outcome = try await stage.door.push(draft, tenant: tenant)
    let letters = [1, 3].map { Letter(index: $0, reason: .invalidTraceID) }
    #expect(comparable(outcome) == .accepted(isExactlyOnce: true, retimed: 0, letters: letters))
    let taken = try await stage.taken(draft.stream(tenant: tenantID()))
    #expect(taken == [["first", "middle", "last"].map { Array($0.utf8) }])

    let long = IngestDraft(
      service: "long", events: [IngestDraft.Event([UInt8](repeating: 0x61, count: tooLong))])
    let answer = try await stage.door.push(long, tenant: tenant)
    #expect(
      comparable(answer)
        == .accepted(isExactlyOnce: true, retimed: 0, letters: [Letter(index: 0, reason: .messageTooLong)]))
  }

  func checkRetimed(_ stage: IngestStage) async throws {
    var draft = IngestDraft(events: messages("now", "before 1970", "far ahead"))
    draft.events[1].time = Timestamp(nanoseconds: -1)
    draft.events[2].time = .distantFuture
    let outcome = try await stage.door.push(draft, tenant: tenant)
    #expect(outcome == .accepted(isExactlyOnce: true, retimed: 2, deadLetters: []))
    #expect(try await stage.taken(draft.stream(tenant: tenantID())).first?.count == 3)
  }

  func checkTenants(_ stage: IngestStage) async throws {
    let draft = IngestDraft(events: messages("mine"))
    var other = draft
    other.events = messages("yours")
    _ = try await stage.door.push(draft, tenant: tenant)
    _ = try await stage.door.push(other, tenant: "tenant-ä")
    #expect(try await stage.taken(draft.stream(tenant: tenantID())) == [[Array("mine".utf8)]])
    #expect(try await stage.taken(draft.stream(tenant: TenantID("tenant-ä"))) == [[Array("yours".utf8)]])
  }

  func checkMany(_ stage: IngestStage) async throws {
    let drafts = (0..<64).map { number in
      var draft = IngestDraft(service: "service-\(number % 4)", sequence: UInt64(number / 4), events: [])
      // Each has a number of events of its own that are retimed: an answer that went to another batch shows.
      draft.events = (0...number).map { IngestDraft.Event([UInt8($0)], time: Timestamp(nanoseconds: -1)) }
      return draft
    }
    let door = stage.door
    let tenant = tenant
    let answers = await withTaskGroup(of: (Int, Result<BatchOutcome, IngestRefusal>).self) { group in
      for (number, draft) in drafts.enumerated() {
        group.addTask {
          do throws(IngestRefusal) { return (number, .success(try await door.push(draft, tenant: tenant))) } catch {
            return (number, .failure(error))
          }
        }
      }
      return await group.reduce(into: [Int: Result<BatchOutcome, IngestRefusal>]()) { $0[$1.0] = $1.1 }
    }
    for number in drafts.indices {
      #expect(answers[number] == .success(.accepted(isExactlyOnce: true, retimed: number + 1, deadLetters: [])))
    }
    var taken = 0
    for service in 0..<4 { taken += try await stage.taken(drafts[service].stream(tenant: tenantID())).count }
    #expect(taken == drafts.count)
  }

  // MARK: Answers without what a wire does not carry (the bytes of a dead letter)

  struct Letter: Equatable {
    let index: UInt32
    let reason: EventRejection.Reason
  }

  enum Comparable: Equatable {
    case accepted(isExactlyOnce: Bool, retimed: Int, letters: [Letter])
    case other(BatchOutcome)
  }

  func comparable(_ outcome: BatchOutcome) -> Comparable {
    guard case .accepted(let isExactlyOnce, let retimed, let letters) = outcome else { return .other(outcome) }
    return .accepted(
      isExactlyOnce: isExactlyOnce, retimed: retimed,
      letters: letters.map { Letter(index: $0.index, reason: $0.reason) })
  }
}
