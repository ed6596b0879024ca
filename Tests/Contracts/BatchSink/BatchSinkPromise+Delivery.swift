import Application
import Domain
import Testing

extension BatchSinkPromise {
  static let accepted = BatchOutcome.accepted(isExactlyOnce: true, retimed: 0, deadLetters: [])

  func checkTerms(_ stage: BatchSinkStage) async throws {
    #expect(try await stage.sink.terms(for: TenantID("tenant-1")) == stage.terms)
  }

  func checkEncoding(_ stage: BatchSinkStage) async throws {
    let batch = batch(try stream(), messages: [[1], [2], [3]])
    let other = self.batch(try stream(), sequence: 1, messages: [[1], [2], [3]])
    #expect(stage.sink.encode(batch) == stage.sink.encode(batch))
    #expect(stage.sink.encode(batch) != stage.sink.encode(other))
  }

  func checkDelivery(_ stage: BatchSinkStage) async throws {
    let messages: [[UInt8]] = [[], [0, 0xff], (0...255).map { UInt8($0) }, Array("last\n".utf8)]
    let batch = batch(try stream("Dienst ä"), sequence: .max, messages: messages)
    #expect(try await stage.sink.send(stage.sink.encode(batch), of: batch.stream, age: .zero) == Self.accepted)
    let received = await stage.received()
    let submission = try #require(received.first)
    #expect(received.count == 1)
    #expect(submission.stream == batch.stream)
    #expect(submission.producer == batch.producer)
    #expect(submission.sequence == batch.sequence)
    #expect(submission.placement == batch.placement)
    #expect(submission.acceptsAnyAge == batch.acceptsAnyAge)
    #expect(submission.traceParent == batch.traceParent)
    #expect(submission.age < Self.longestWait)
    #expect(submission.rejections.isEmpty)
    expectSame(submission.events, batch.events)
  }

  private func expectSame(_ received: EventColumns, _ sent: EventColumns) {
    #expect(received.timestamps == sent.timestamps)
    #expect(received.severities == sent.severities)
    #expect(received.flags == sent.flags)
    #expect(texts(of: received) == texts(of: sent))
    #expect(received.messageEnds == sent.messageEnds)
    #expect(received.messages == sent.messages)
    #expect(received.attributeEnds == sent.attributeEnds)
    #expect(received.attributes == sent.attributes)
    #expect(received.traceIDs == sent.traceIDs)
    #expect(received.spanIDs == sent.spanIDs)
    #expect(received.resource == sent.resource)
  }

  /// A batch grows older while it waits to be sent, but not by more than a test may take.
  private static var longestWait: Duration { .seconds(60) }

  private func texts(of events: EventColumns) -> [[UInt8]] {
    events.severityTexts.map { events.severityTextTable[Int($0)] }
  }

  func checkLargest(_ stage: BatchSinkStage) async throws {
    let message = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
    var count = stage.terms.maximumBatchBytes / 1100
    if count == 0 { count = 1 }
    let batch = batch(try stream(), messages: [[UInt8]](repeating: message, count: count))
    #expect(try await stage.sink.send(stage.sink.encode(batch), of: batch.stream, age: .zero) == Self.accepted)
    let isSame = await stage.received().first?.events.messages == batch.events.messages
    #expect(isSame, "\(count) messages of 1,000 bytes arrive as they were sent")
  }

  func checkAge(_ stage: BatchSinkStage) async throws {
    let batch = batch(try stream())
    let content = stage.sink.encode(batch)
    let ages = [Duration.zero, .milliseconds(1500), .seconds(7 * 86_400)]
    for age in ages {
      #expect(try await stage.sink.send(content, of: batch.stream, age: age) == Self.accepted)
    }
    let received = await stage.received()
    #expect(received.count == ages.count)
    let areTrue = zip(received, ages).allSatisfy { $0.age >= $1 && $0.age < $1 + Self.longestWait }
    #expect(areTrue, "sent at the ages \(ages), received at \(received.map(\.age))")
    #expect(Set(received.map(\.digest)).count == 1, "the digest of a batch does not change")
    #expect(received.allSatisfy { $0.sequence == batch.sequence && $0.events.messages == batch.events.messages })
  }

  func checkTenants(_ stage: BatchSinkStage) async throws {
    for tenant in ["tenant-1", "Mandant Größe 100%", "default"] {
      let batch = batch(try stream(tenant: tenant), messages: [Array(tenant.utf8)])
      #expect(try await stage.sink.send(stage.sink.encode(batch), of: batch.stream, age: .zero) == Self.accepted)
    }
    let received = await stage.received()
    #expect(received.map(\.stream.tenant.text) == ["tenant-1", "Mandant Größe 100%", "default"])
    for submission in received { #expect(submission.events.messages == Array(submission.stream.tenant.text.utf8)) }
  }
}
