import Application
import Domain
import Threads
import Transport

/// One Push stream to a server, shared by all who send for one tenant. When it ends, everybody who waits gets an error.
final class PushSession: Sendable {
  private typealias Outcome = Result<BatchOutcome, BatchSinkError>

  private struct State {
    var queue: SendQueue<CheckedContinuation<Outcome, Never>>
    /// The writer, while there is nothing to send.
    var writer: CheckedContinuation<Void, Never>?
    var hasAnswered = false
    var end: BatchSinkError?
  }

  // The stream lives as long as its connection.
  private let client: HTTP2Client
  private let stream: HTTP2ClientStream
  private let clock: any WallClock
  private let answerDeadline: Duration
  private let state: Lock<State>

  init(client: HTTP2Client, stream: HTTP2ClientStream, configuration: GRPCBatchSinkConfiguration, clock: any WallClock)
  {
    self.client = client
    self.stream = stream
    self.clock = clock
    answerDeadline = configuration.answerDeadline
    state = Lock(State(queue: SendQueue(limit: configuration.batchesInFlight)))
  }

  var isOver: Bool { state.withLock { $0.end != nil } }
  /// Whether the server has answered a batch of this stream: that it is a server that works.
  var hasAnswered: Bool { state.withLock { $0.hasAnswered } }

  /// Queues a batch and waits for its answer.
  func send(_ identity: BatchIdentity, _ frame: SendFrame) async throws(BatchSinkError) -> BatchOutcome {
    let id = state.withLock { $0.queue.reserve() }
    let outcome: Outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in enqueue(identity, frame, as: id, continuation) }
    } onCancel: {
      leave(id)
    }
    return try outcome.get()
  }

  /// Reads, writes and watches the time until the stream ends, and tells everybody who waits. Once.
  func run() async {
    await withTaskGroup(of: BatchSinkError?.self) { group in
      group.addTask { await self.read() }
      group.addTask { await self.write() }
      group.addTask { await self.watch() }
      // A writer that cannot go on leaves it to the reader to say why.
      var end: BatchSinkError?
      while end == nil, let next = await group.next() { end = next }
      stream.cancel()
      finish(end ?? .cancelled)
      group.cancelAll()
    }
  }

  /// Queues the batch, and whom to tell its answer.
  private func enqueue(
    _ identity: BatchIdentity, _ frame: SendFrame, as id: Int, _ continuation: CheckedContinuation<Outcome, Never>
  ) {
    let (early, writer) = state.withLock { state -> (Outcome?, CheckedContinuation<Void, Never>?) in
      if let end = state.end { return (.failure(end), nil) }
      // A cancellation before this point found no caller to wake.
      if Task.isCancelled { return (.failure(.cancelled), nil) }
      state.queue.add(identity, frame, as: id, for: continuation)
      defer { state.writer = nil }
      return (nil, state.writer)
    }
    if let early { continuation.resume(returning: early) }
    writer?.resume()
  }

  private func leave(_ id: Int) {
    let caller = state.withLock { $0.queue.leave(id) }
    caller?.resume(returning: .failure(.cancelled))
  }

  private func finish(_ end: BatchSinkError) {
    let (callers, writer) = state.withLock { state in
      state.end = end
      defer { state.writer = nil }
      return (state.queue.end(), state.writer)
    }
    writer?.resume()
    for caller in callers { caller.resume(returning: .failure(end)) }
  }
}

// MARK: - The three tasks

extension PushSession {
  private func read() async -> BatchSinkError {
    do throws(GRPCStatus) {
      let messages = try await ClientAnswer.begin(stream)
      while let message = try await messages.next() {
        do throws(DecodingError) { take(try PushResponseMessage(decoding: message.span)) } catch {
          throw GRPCStatus(.internalError, error.description)
        }
      }
      throw ClientAnswer.status(stream)
    } catch {
      return Task.isCancelled ? .cancelled : BatchSinkError(error)
    }
  }

  private func take(_ response: PushResponseMessage) {
    let (caller, writer) = state.withLock {
      state -> (CheckedContinuation<Outcome, Never>?, CheckedContinuation<Void, Never>?) in
      state.hasAnswered = true
      let caller = state.queue.answered(response.identity)
      defer { state.writer = nil }
      return (caller, state.writer)
    }
    writer?.resume()
    switch response.answer {
    case .outcome(let outcome): caller?.resume(returning: .success(outcome))
    case .rejected(let reason): caller?.resume(returning: .failure(.rejected(reason: reason)))
    }
  }

  /// - Returns: Nil when the stream takes no more.
  private func write() async -> BatchSinkError? {
    while !Task.isCancelled, !isOver {
      let deadline = clock.elapsed() + answerDeadline
      guard let frame = state.withLock({ $0.queue.nextToSend(deadline: deadline) }) else {
        await waitForWork()
        continue
      }
      do throws(TransportError) {
        try await stream.write(
          PushRequestPrefix.bytes(content: frame.content.count, age: clock.elapsed() - frame.firstSent))
        try await stream.write(frame.content)
      } catch { return nil }
    }
    return nil
  }

  private func waitForWork() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isDue = state.withLock { state in
          if Task.isCancelled || state.end != nil || state.queue.hasWork { return true }
          state.writer = continuation
          return false
        }
        if isDue { continuation.resume() }
      }
    } onCancel: {
      let writer = state.withLock { state in
        defer { state.writer = nil }
        return state.writer
      }
      writer?.resume()
    }
  }

  private func watch() async -> BatchSinkError {
    while true {
      let now = clock.elapsed()
      // What is sent while this sleeps is due later than this wakes.
      let due = state.withLock { $0.queue.earliestDeadline } ?? now + answerDeadline
      if due <= now {
        return .unavailable(retryAfter: nil, reason: "no answer to a batch within \(answerDeadline)")
      }
      do throws(CancellationError) { try await clock.sleep(for: due - now) } catch { return .cancelled }
    }
  }
}
