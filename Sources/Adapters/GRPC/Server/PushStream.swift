import Application
import Domain

/// One Push stream: reads batches, has a bounded number of them ingested at a time, sends each answer as it comes.
struct PushStream: Sendable {
  private enum Step: Sendable {
    case arrived([UInt8])
    case ended
    case broken(GRPCStatus)
    case answered(PushResponseMessage, requestBytes: Int)
    /// A batch that ends the stream instead of having an answer.
    case refused(GRPCStatus, requestBytes: Int)
  }

  let service: IngestService
  let call: GRPCCall
  let tenant: TenantID
  let terms: IngestTerms

  func run() async -> GRPCStatus {
    await withTaskGroup(of: Step.self) { group in
      defer { group.cancelAll() }
      group.addTask {
        await service.shutdown.wait()
        return .broken(.shuttingDown)
      }
      var window = PushWindow(limit: service.batchesInFlight, maximumBytes: service.bytesInFlight)
      while true {
        let step: Step?
        switch window.next() {
        case .finish(let status): return status
        case .read: step = readArrived(&group)
        case .wait: step = await group.next()
        }
        if let step, let status = await take(step, &window, &group) { return status }
      }
    }
  }

  /// A request that has arrived already costs no task; else one is started that waits for it.
  private func readArrived(_ group: inout TaskGroup<Step>) -> Step? {
    do throws(GRPCStatus) {
      if let message = try call.requests.nextArrived() { return .arrived(message) }
    } catch {
      return .broken(error)
    }
    group.addTask {
      do throws(GRPCStatus) {
        guard let message = try await call.requests.next() else { return .ended }
        return .arrived(message)
      } catch {
        return .broken(error)
      }
    }
    return nil
  }

  /// - Returns: A status if the stream is over at once.
  private func take(_ step: Step, _ window: inout PushWindow, _ group: inout TaskGroup<Step>) async -> GRPCStatus? {
    switch step {
    case .arrived(let message):
      if window.requestArrived(bytes: message.count) { group.addTask { await answer(message) } }
    case .ended: window.requestsEnded()
    case .broken(let status): window.end(status)
    case .answered(let response, let bytes):
      window.answered(bytes: bytes)
      do throws(GRPCStatus) { try await call.send(response.encoded) } catch { return error }
    case .refused(let status, let bytes):
      window.answered(bytes: bytes)
      window.end(status)
    }
    return nil
  }

  private func answer(_ message: [UInt8]) async -> Step {
    let submission: BatchSubmission
    do throws(BatchFault) {
      submission = try await service.decoding.submission(message, tenant: tenant, terms: terms)
    } catch {
      service.telemetry.record(.batchRefused(tenant: tenant, reason: error.refusal))
      guard let identity = BatchIdentity(pushRequest: message.span) else {
        return .refused(GRPCStatus(error), requestBytes: message.count)
      }
      return .answered(
        PushResponseMessage(identity, .rejected(reason: error.description)), requestBytes: message.count)
    }
    let identity = BatchIdentity(of: submission)
    func answered(_ answer: BatchAnswer) -> Step {
      .answered(PushResponseMessage(identity, answer), requestBytes: message.count)
    }
    do throws(EventIngestError) {
      return answered(.outcome(try await service.ingest.ingest(submission)))
    } catch {
      switch error {
      case .rejected(let reason): return answered(.rejected(reason: reason))
      case .unavailable(let retryAfter, let reason):
        return answered(.outcome(.retryAfter(retryAfter, reason: reason)))
      case .shuttingDown, .cancelled: return .refused(GRPCStatus(error), requestBytes: message.count)
      }
    }
  }
}
