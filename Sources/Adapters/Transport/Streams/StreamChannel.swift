import Threads

/// Both directions of one exchange, between its tasks (any thread) and its loop: bounded, with the waiting on either side.
///
/// One task reads and one writes at a time. A task that waits is woken by bytes, by room, by the end, and by its own
/// cancellation. The tasks' half is here, the loop's in `StreamChannel+Loop`.
final class StreamChannel: Sendable {
  /// Who may sleep here.
  enum Sleeper: CaseIterable { case reader, writer, headReader }

  struct State {
    var inbound = InboundQueue()
    var outbound: OutboundQueue
    /// The head of the answer, for clients.
    var responseHead: HTTPResponseHead?
    /// The task that ran the handler has returned.
    var isHandlerDone = false
    /// The loop has been asked to look and has not yet.
    var isScheduled = false
    private var reader: Waiter?
    private var writer: Waiter?
    private var headReader: Waiter?

    init(awaitsHead: Bool) { outbound = OutboundQueue(awaitsHead: awaitsHead) }

    /// - Returns: Whether the caller has to schedule the owner.
    mutating func requestService() -> Bool {
      if isScheduled { return false }
      isScheduled = true
      return true
    }

    mutating func put(_ waiter: Waiter, as sleeper: Sleeper) {
      switch sleeper {
      case .reader: reader = waiter
      case .writer: writer = waiter
      case .headReader: headReader = waiter
      }
    }

    mutating func remove(_ sleeper: Sleeper) -> Waiter? {
      switch sleeper {
      case .reader: reader.take()
      case .writer: writer.take()
      case .headReader: headReader.take()
      }
    }
  }

  /// The loop hears of taken bytes when so many are together, or none are left to take.
  private static let creditStepBytes = 64 << 10

  let loop: EventLoop
  let state: Lock<State>

  init(loop: EventLoop, awaitsHead: Bool) {
    self.loop = loop
    state = Lock(State(awaitsHead: awaitsHead))
  }

  /// Sleeps until woken as `sleeper`, by the loop or by the task's cancellation; not at all if `isReady` holds.
  private func sleep(as sleeper: Sleeper, unless isReady: (inout State) -> Bool) async throws(TransportError) {
    if Task.isCancelled { throw .cancelled }
    await withTaskCancellationHandler {
      await Waiter.wait { waiter in
        let mustSleep = state.withLock { state in
          if isReady(&state) { return false }
          state.put(waiter, as: sleeper)
          return true
        }
        // A cancellation that came before the waiter was put there has found nobody to wake.
        if !mustSleep { waiter.resume() } else if Task.isCancelled { wake(sleeper) }
      }
    } onCancel: {
      wake(sleeper)
    }
  }

  func wake(_ sleeper: Sleeper) {
    state.withLock { $0.remove(sleeper) }?.resume()
  }
}

// MARK: - Reading

extension StreamChannel {
  func read(for owner: any LoopServiced) async throws(TransportError) -> [UInt8]? {
    while true {
      let (take, mustSchedule) = state.withLock { state in
        let wasWanted = state.inbound.isWanted
        let take = state.inbound.take()
        // Before the reader sleeps, all that was taken must reach the sender's flow control, else both wait.
        let step = take == .wait ? 1 : Self.creditStepBytes
        let isDue = !wasWanted || state.inbound.takenBytes >= step
        return (take, isDue && state.requestService())
      }
      if mustSchedule { loop.schedule(owner) }
      switch take {
      case .piece(let piece): return piece
      case .end: return nil
      case .failed(let error): throw error
      case .wait: try await sleep(as: .reader) { $0.inbound.hasNews }
      }
    }
  }

  /// Trailers of the body; complete once `read` returned nil.
  var trailers: HTTPFields { state.withLock { $0.inbound.trailers } }

  /// The head of the answer, for clients.
  func response() async throws(TransportError) -> HTTPResponseHead {
    while true {
      let (head, reason) = state.withLock { ($0.responseHead, $0.outbound.closeReason) }
      if let head { return head }
      if let reason { throw reason }
      try await sleep(as: .headReader) { $0.responseHead != nil || $0.outbound.closeReason != nil }
    }
  }
}

// MARK: - Writing

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
    while isFull {
      // A task that is cancelled while it waits has written all the same.
      try await sleep(as: .writer) { !$0.outbound.isFull || $0.outbound.closeReason != nil }
      let reason = state.withLock { state in
        isFull = state.outbound.isFull
        return state.outbound.closeReason
      }
      if let reason { throw reason }
    }
  }

  /// Ends both directions for the task at once.
  func abort(_ reason: TransportError, for owner: any LoopServiced) {
    let mustSchedule = state.withLock { state in
      state.outbound.abort(reason)
      state.inbound.discard(reason)
      return state.requestService()
    }
    if mustSchedule { loop.schedule(owner) }
    for sleeper in Sleeper.allCases { wake(sleeper) }
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
}
