import Application
import Domain
import Testing

extension BatchSinkPromise {
  func checkOutcomes(_ stage: BatchSinkStage) async throws {
    let letters = [
      EventRejection(index: 0, reason: .malformed, content: []),
      EventRejection(index: 99_999, reason: .attributeValueTooLong, content: []),
    ]
    let outcomes: [BatchOutcome] = [
      .accepted(isExactlyOnce: false, retimed: 0, deadLetters: []),
      .accepted(isExactlyOnce: true, retimed: 16, deadLetters: letters),
      .deadLettered(reason: .tooManyStreams),
      .retryAfter(.milliseconds(1234), reason: "the log is full: später"),
    ]
    for (number, outcome) in outcomes.enumerated() {
      await stage.script(.answer { _ in outcome })
      let batch = batch(try stream(), sequence: UInt64(number))
      #expect(try await stage.sink.send(stage.sink.encode(batch), of: batch.stream, age: .zero) == outcome)
    }
  }

  func checkRejection(_ stage: BatchSinkStage) async throws {
    await stage.script(.reject(reason: "placement 2 is not known"))
    let batch = batch(try stream())
    let error = await failure(of: stage.sink, batch)
    guard case .rejected(let reason) = error else {
      Issue.record("a rejected batch threw \(String(describing: error))")
      return
    }
    #expect(reason.contains("placement 2 is not known"))
    // One bad batch does not stand in the way of the next one.
    await stage.script(.answer { _ in Self.accepted })
    #expect(try await stage.sink.send(stage.sink.encode(batch), of: batch.stream, age: .zero) == Self.accepted)
  }

  func checkMany(_ stage: BatchSinkStage) async throws {
    // The answer names the batch: one that went to another call shows.
    await stage.script(
      .answer { submission in
        .accepted(
          isExactlyOnce: true, retimed: Int(submission.sequence) + 1000 * submission.stream.service.text.utf8.count,
          deadLetters: [])
      })
    var batches: [OutgoingBatch] = []
    for number in 0..<200 {
      batches.append(batch(try stream(String(repeating: "s", count: 1 + number % 5)), sequence: UInt64(number / 5)))
    }
    let sink = stage.sink
    let answers = await withTaskGroup(of: (Int, Result<BatchOutcome, BatchSinkError>).self) { group in
      for (number, batch) in batches.enumerated() {
        group.addTask {
          do throws(BatchSinkError) {
            return (number, .success(try await sink.send(sink.encode(batch), of: batch.stream, age: .zero)))
          } catch { return (number, .failure(error)) }
        }
      }
      return await group.reduce(into: [Int: Result<BatchOutcome, BatchSinkError>]()) { $0[$1.0] = $1.1 }
    }
    for (number, batch) in batches.enumerated() {
      let retimed = Int(batch.sequence) + 1000 * batch.stream.service.text.utf8.count
      guard case .success(let outcome) = answers[number] else {
        Issue.record("batch \(number) got \(String(describing: answers[number]))")
        continue
      }
      #expect(outcome == .accepted(isExactlyOnce: true, retimed: retimed, deadLetters: []))
    }
    #expect(await stage.received().count == batches.count)
  }

  func checkTwins(_ stage: BatchSinkStage) async throws {
    let batch = batch(try stream())
    let content = stage.sink.encode(batch)
    async let first = stage.sink.send(content, of: batch.stream, age: .zero)
    async let second = stage.sink.send(content, of: batch.stream, age: .seconds(1))
    #expect(try await first == Self.accepted)
    #expect(try await second == Self.accepted)
  }

  func checkBreak(_ stage: BatchSinkStage) async throws {
    guard let breakConnections = stage.breakConnections else { return }
    await stage.script(.hold)
    let batch = batch(try stream())
    let sink = stage.sink
    let call = Task { await failure(of: sink, batch) }
    try await untilReceived(1, stage)
    await breakConnections()
    let error = await call.value
    guard case .unavailable = error else {
      Issue.record("a broken connection threw \(String(describing: error))")
      return
    }
    await stage.script(.answer { _ in Self.accepted })
    // A first attempt may still meet the old connection.
    var outcome: BatchOutcome?
    for _ in 0..<10 where outcome == nil {
      outcome = try? await sink.send(sink.encode(batch), of: batch.stream, age: .seconds(1))
    }
    #expect(outcome == Self.accepted, "the sink finds a new connection by itself")
  }

  func checkCancellation(_ stage: BatchSinkStage) async throws {
    await stage.script(.hold)
    let batch = batch(try stream())
    let sink = stage.sink
    let call = Task { await failure(of: sink, batch) }
    try await untilReceived(1, stage)
    call.cancel()
    let error = await call.value
    guard case .cancelled = error else {
      Issue.record("a cancelled call threw \(String(describing: error))")
      return
    }
    await stage.script(.answer { _ in Self.accepted })
    let other = self.batch(try stream(), sequence: 1)
    #expect(try await sink.send(sink.encode(other), of: other.stream, age: .zero) == Self.accepted)
  }

  func checkEnd(_ stage: BatchSinkStage) async throws {
    guard let close = stage.close else { return }
    await stage.script(.hold)
    let batch = batch(try stream())
    let sink = stage.sink
    let call = Task { await failure(of: sink, batch) }
    try await untilReceived(1, stage)
    await close()
    #expect(await call.value != nil, "a call that waits ends with an error")
    #expect(await failure(of: sink, batch) != nil, "a call after the end is an error")
  }

  private func failure(of sink: any BatchSink, _ batch: OutgoingBatch) async -> BatchSinkError? {
    do throws(BatchSinkError) {
      _ = try await sink.send(sink.encode(batch), of: batch.stream, age: .zero)
      return nil
    } catch {
      return error
    }
  }

  /// Waits until the other side has so many batches; gives up after ten seconds.
  private func untilReceived(_ count: Int, _ stage: BatchSinkStage) async throws {
    for _ in 0..<1000 {
      if await stage.received().count >= count { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record("no batch arrived within ten seconds")
  }
}
