import Threads

/// Both directions of one exchange, between its tasks (any thread) and its loop: bounded, with the waiting on either side.
///
/// One task reads and one writes at a time. A task that waits is woken by bytes, by room, by the end, and by its own
/// cancellation.
final class StreamChannel: Sendable {
  private struct State {
    var inbound = InboundQueue()
    var outbound: OutboundQueue
    var responseHead: HTTPResponseHead?
    var reader: Waiter<[UInt8]?>?
    var writer: Waiter<Void>?
    var headWaiter: Waiter<HTTPResponseHead>?
    /// The loop has been asked to look and has not yet.
    var isScheduled = false
    /// The task that ran the handler has returned.
    var isHandlerDone = false

    /// - Returns: Whether the caller has to schedule the owner.
    mutating func requestService() -> Bool {
      if isScheduled { return false }
      isScheduled = true
      return true
    }
  }

  /// What the loop finds when it looks.
  struct Orders {
    var outbound: OutboundOrders
    /// Taken by the reader since the last look.
    var takenBytes: Int
    var queuedBytes: Int
    var isBodyWanted: Bool
    var isHandlerDone: Bool
  }

  /// The loop hears of taken bytes when so many are together, or none are left to take.
  private static let creditStepBytes = 64 << 10

  private let loop: EventLoop
  private let state: Lock<State>

  init(loop: EventLoop, awaitsHead: Bool) {
    self.loop = loop
    state = Lock(State(outbound: OutboundQueue(awaitsHead: awaitsHead)))
  }
}

// MARK: - The reading task

extension StreamChannel {
  func read(for owner: any LoopServiced) async throws(TransportError) -> [UInt8]? {
    switch take(for: owner) {
    case .piece(let piece): return piece
    case .end: return nil
    case .failed(let error): throw error
    case .wait: break
    }
    let outcome: Result<[UInt8]?, TransportError> = await withTaskCancellationHandler {
      await Waiter.wait { waiter in
        park(reader: waiter, for: owner)
      }
    } onCancel: {
      wakeReader(.failure(.cancelled))
    }
    return try outcome.get()
  }

  private func take(for owner: any LoopServiced) -> InboundQueue.Take {
    let (take, mustSchedule) = state.withLock { state in Self.take(&state) }
    if mustSchedule { loop.schedule(owner) }
    return take
  }

  private static func take(_ state: inout State) -> (InboundQueue.Take, Bool) {
    let wasWanted = state.inbound.isWanted
    let take = state.inbound.take()
    let isDue = !wasWanted || state.inbound.takenBytes >= creditStepBytes
    return (take, isDue ? state.requestService() : false)
  }

  private func park(
    reader: Waiter<[UInt8]?>, for owner: any LoopServiced
  ) {
    // A cancellation before this point found no reader to wake.
    if Task.isCancelled { return reader.resume(.failure(.cancelled)) }
    let (take, mustSchedule) = state.withLock { state in
      // The loop may have given credit only for whole steps: before the reader sleeps, the rest must reach the sender.
      var (take, mustSchedule) = Self.take(&state)
      if take == .wait {
        state.reader = reader
        if state.inbound.takenBytes > 0, !mustSchedule { mustSchedule = state.requestService() }
      }
      return (take, mustSchedule)
    }
    if mustSchedule { loop.schedule(owner) }
    switch take {
    case .piece(let piece): reader.resume(.success(piece))
    case .end: reader.resume(.success(nil))
    case .failed(let error): reader.resume(.failure(error))
    case .wait:
      // And a cancellation between the check above and the parking found none either.
      if Task.isCancelled { wakeReader(.failure(.cancelled)) }
    }
  }

  private func wakeReader(_ outcome: Result<[UInt8]?, TransportError>) {
    let reader = state.withLock { state in
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume(outcome)
  }

  /// Trailers of the body; complete once `read` returned nil.
  var trailers: HTTPFields { state.withLock { $0.inbound.trailers } }

  /// The head of the answer, for clients.
  func response() async throws(TransportError) -> HTTPResponseHead {
    let outcome: Result<HTTPResponseHead, TransportError> = await withTaskCancellationHandler {
      await Waiter.wait { waiter in
        let outcome = state.withLock { state -> Result<HTTPResponseHead, TransportError>? in
          if let head = state.responseHead { return .success(head) }
          if let error = state.outbound.closeReason { return .failure(error) }
          state.headWaiter = waiter
          return nil
        }
        if let outcome { waiter.resume(outcome) } else if Task.isCancelled { wakeHeadWaiter() }
      }
    } onCancel: {
      wakeHeadWaiter()
    }
    return try outcome.get()
  }

  private func wakeHeadWaiter() {
    let waiter = state.withLock { state in
      defer { state.headWaiter = nil }
      return state.headWaiter
    }
    waiter?.resume(.failure(.cancelled))
  }
}

// MARK: - The writing task

extension StreamChannel {
  func start(_ response: HTTPResponseHead, for owner: any LoopServiced) throws(TransportError) {
    try change(for: owner) { outbound throws(TransportError) in try outbound.start(response) }
  }

  func end(trailers: HTTPFields, for owner: any LoopServiced) throws(TransportError) {
    try change(for: owner) { outbound throws(TransportError) in try outbound.end(trailers: trailers) }
  }

  func write(_ bytes: [UInt8], for owner: any LoopServiced) async throws(TransportError) {
    var isFull = false
    try change(for: owner) { outbound throws(TransportError) in
      try outbound.write(bytes)
      isFull = outbound.isFull
    }
    if isFull { try await waitForRoom() }
  }

  /// Ends both directions for the task at once.
  func abort(_ reason: TransportError, for owner: any LoopServiced) {
    let (reader, writer, waiter, mustSchedule) = state.withLock { state in
      state.outbound.abort(reason)
      state.inbound.discard(reason)
      defer {
        state.reader = nil
        state.writer = nil
        state.headWaiter = nil
      }
      return (state.reader, state.writer, state.headWaiter, state.requestService())
    }
    if mustSchedule { loop.schedule(owner) }
    reader?.resume(.failure(reason))
    writer?.resume(.failure(reason))
    waiter?.resume(.failure(reason))
  }

  /// Tells the loop that no handler will touch the exchange any more.
  func handlerReturned(for owner: any LoopServiced) {
    let mustSchedule = state.withLock { state in
      state.isHandlerDone = true
      return state.requestService()
    }
    if mustSchedule { loop.schedule(owner) }
  }

  private func change(
    for owner: any LoopServiced, _ body: (inout OutboundQueue) throws(TransportError) -> Void
  ) throws(TransportError) {
    let mustSchedule = try state.withLock { state throws(TransportError) in
      try body(&state.outbound)
      return state.requestService()
    }
    if mustSchedule { loop.schedule(owner) }
  }

  private func waitForRoom() async throws(TransportError) {
    let outcome: Result<Void, TransportError> = await withTaskCancellationHandler {
      await Waiter.wait { waiter in
        let outcome = state.withLock { state -> Result<Void, TransportError>? in
          if let error = state.outbound.closeReason { return .failure(error) }
          if !state.outbound.isFull { return .success(()) }
          state.writer = waiter
          return nil
        }
        if let outcome { waiter.resume(outcome) } else if Task.isCancelled { wakeWriter() }
      }
    } onCancel: {
      wakeWriter()
    }
    return try outcome.get()
  }

  private func wakeWriter() {
    let writer = state.withLock { state in
      defer { state.writer = nil }
      return state.writer
    }
    writer?.resume(.failure(.cancelled))
  }
}

// MARK: - The loop

extension StreamChannel {
  /// Hands bytes to the reader.
  ///
  /// - Returns: Bytes that now wait for it.
  @discardableResult
  func deliver(_ bytes: [UInt8]) -> Int {
    let (reader, take, queued) = state.withLock { state in
      state.inbound.append(bytes)
      guard let reader = state.reader else {
        return (Waiter<[UInt8]?>?.none, InboundQueue.Take.wait, state.inbound.queuedBytes)
      }
      state.reader = nil
      let take = state.inbound.take()
      return (reader, take, state.inbound.queuedBytes)
    }
    if case .piece(let piece) = take { reader?.resume(.success(piece)) }
    return queued
  }

  /// The peer's side is complete.
  func completeInbound(trailers: HTTPFields) {
    let reader = state.withLock { state in
      state.inbound.complete(trailers: trailers)
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume(.success(nil))
  }

  /// The head of the answer has come, for clients.
  func deliver(_ head: HTTPResponseHead) {
    let waiter = state.withLock { state in
      state.responseHead = head
      defer { state.headWaiter = nil }
      return state.headWaiter
    }
    waiter?.resume(.success(head))
  }

  /// The exchange is over for the connection. A complete body stays readable; all else throws `reason`.
  func close(_ reason: TransportError) {
    let (reader, writer, waiter) = state.withLock { state in
      state.inbound.fail(reason)
      state.outbound.close(reason)
      defer {
        state.reader = nil
        state.writer = nil
        state.headWaiter = nil
      }
      return (state.reader, state.writer, state.headWaiter)
    }
    reader?.resume(.failure(reason))
    writer?.resume(.failure(reason))
    waiter?.resume(.failure(reason))
  }

  /// Only the reading direction failed (a body beyond a limit): an answer can still be sent.
  func failInbound(_ reason: TransportError) {
    state.withLock { state in state.inbound.fail(reason) }
    wakeReader(.failure(reason))
  }

  func takeOrders() -> Orders {
    state.withLock { state in
      state.isScheduled = false
      return Orders(
        outbound: state.outbound.takeOrders(), takenBytes: state.inbound.settleTaken(),
        queuedBytes: state.inbound.queuedBytes, isBodyWanted: state.inbound.isWanted, isHandlerDone: state.isHandlerDone
      )
    }
  }

  /// So many bytes left the queues towards the kernel; lets a waiting writer go on at the low mark.
  func didSend(_ count: Int) {
    let writer = state.withLock { state -> Waiter<Void>? in
      state.outbound.didSend(count)
      guard state.outbound.unsentBytes <= OutboundQueue.lowMarkBytes else { return nil }
      defer { state.writer = nil }
      return state.writer
    }
    writer?.resume(.success(()))
  }

  var hasStartedAnswer: Bool { state.withLock { $0.outbound.isStarted } }

  var isAnswerOpen: Bool { state.withLock { $0.outbound.isOpen } }
}
