import Application
import Domain
import Testing

extension EventIngestPromise {
  func checkMalformedTenant(_ stage: IngestStage) async throws {
    let draft = IngestDraft(events: messages("one"))
    for name in ["_internal", ".hidden", String(repeating: "x", count: 129)] {
      let refusal = await refusal { () throws(IngestRefusal) in try await stage.door.push(draft, tenant: name) }
      #expect(refusal?.isRejected == true, "the tenant '\(name)' is rejected, not \(String(describing: refusal))")
    }
  }

  func checkMalformedService(_ stage: IngestStage) async throws {
    for name in ["", "_internal", "tab\tin it", String(repeating: "x", count: 129)] {
      let draft = IngestDraft(service: name, events: messages("one"))
      let refusal = await refusal { () throws(IngestRefusal) in try await stage.door.push(draft, tenant: tenant) }
      #expect(refusal?.isRejected == true, "the service '\(name)' is rejected, not \(String(describing: refusal))")
    }
    // And the door still works.
    _ = try await stage.door.push(IngestDraft(events: messages("one")), tenant: tenant)
  }

  func checkTooLarge(_ stage: IngestStage) async throws {
    let limit = try await stage.door.terms(tenant: tenant).maximumBatchBytes
    let half = [UInt8](repeating: 0x61, count: limit / 2 + 1)
    let draft = IngestDraft(events: [IngestDraft.Event(half), IngestDraft.Event(half)])
    let refusal = await refusal { () throws(IngestRefusal) in try await stage.door.push(draft, tenant: tenant) }
    #expect(refusal?.isRejected == true, "a batch over \(limit) bytes is rejected, not \(String(describing: refusal))")
    #expect(try await stage.taken(draft.stream(tenant: tenantID())).isEmpty)
  }

  func checkPlacement(_ stage: IngestStage) async throws {
    var draft = IngestDraft(events: messages("one"))
    draft.placement = try await stage.door.terms(tenant: tenant).placementVersion + 1000
    let refusal = await refusal { () throws(IngestRefusal) in try await stage.door.push(draft, tenant: tenant) }
    #expect(refusal?.isRejected == true, "an unknown placement is rejected, not \(String(describing: refusal))")
    #expect(try await stage.taken(draft.stream(tenant: tenantID())).isEmpty)
  }

  /// An answer or a refusal, as the door's protocol has it: the wait is what matters.
  func checkOverload(_ stage: IngestStage) async throws {
    guard let overload = stage.overload else { return }
    let wait = Duration.milliseconds(1234)
    try await overload(wait)
    let draft = IngestDraft(events: messages("one"))
    do throws(IngestRefusal) {
      let outcome = try await stage.door.push(draft, tenant: tenant)
      guard case .retryAfter(let told, _) = outcome else {
        Issue.record("an overloaded server answered \(outcome)")
        return
      }
      #expect(told == wait)
    } catch {
      #expect(error == .unavailable(retryAfter: wait))
    }
    #expect(try await stage.taken(draft.stream(tenant: tenantID())).isEmpty)
  }

  func checkShutdown(_ stage: IngestStage) async throws {
    guard let shutDown = stage.shutDown else { return }
    try await shutDown()
    let draft = IngestDraft(events: messages("one"))
    let refusal = await refusal { () throws(IngestRefusal) in try await stage.door.push(draft, tenant: tenant) }
    #expect(refusal?.isUnavailable == true, "a server that stops is unavailable, not \(String(describing: refusal))")
    #expect(try await stage.taken(draft.stream(tenant: tenantID())).isEmpty)
  }

  /// The call ends, with an outcome if the cancellation came too late for it; what it says is true either way.
  func checkCancellation(_ stage: IngestStage) async throws {
    let draft = IngestDraft(events: messages("one"))
    let door = stage.door
    let tenant = tenant
    let call = Task { () -> Result<BatchOutcome, IngestRefusal> in
      do throws(IngestRefusal) { return .success(try await door.push(draft, tenant: tenant)) } catch {
        return .failure(error)
      }
    }
    call.cancel()
    let answer = await call.value
    let taken = try await stage.taken(draft.stream(tenant: tenantID()))
    switch answer {
    case .success(let outcome):
      #expect(outcome == .accepted(isExactlyOnce: true, retimed: 0, deadLetters: []))
      #expect(taken.count == 1)
    case .failure(let refusal):
      #expect(refusal == .cancelled || refusal.isUnavailable, "a cancelled call says so, not \(refusal)")
    }
    // And the door still works.
    _ = try await stage.door.push(IngestDraft(sequence: 1, events: messages("two")), tenant: tenant)
  }
}
