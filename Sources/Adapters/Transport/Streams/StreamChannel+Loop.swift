import Threads

/// The loop's half.
extension StreamChannel {
  /// What the loop finds when it looks.
  struct Orders {
    var outbound: OutboundOrders
    /// Taken by the reader since the last look.
    var takenBytes: Int
    var queuedBytes: Int
    var isBodyWanted: Bool
    var isHandlerDone: Bool
  }

  /// Hands bytes to the reader.
  ///
  /// - Returns: Bytes that now wait for it.
  @discardableResult
  func deliver(_ bytes: [UInt8]) -> Int {
    let (reader, queued) = state.withLock { state in
      state.inbound.append(bytes)
      return (state.remove(.reader), state.inbound.queuedBytes)
    }
    reader?.resume()
    // A reader that waited takes them as soon as it runs.
    return reader == nil ? queued : 0
  }

  /// The peer's side is complete.
  func completeInbound(trailers: HTTPFields) {
    let reader = state.withLock { state in
      state.inbound.complete(trailers: trailers)
      return state.remove(.reader)
    }
    reader?.resume()
  }

  /// The head of the answer has come, for clients.
  func deliver(_ head: HTTPResponseHead) {
    let waiter = state.withLock { state in
      state.responseHead = head
      return state.remove(.headReader)
    }
    waiter?.resume()
  }

  /// The exchange is over for the connection. A complete body stays readable; all else throws `reason`.
  func close(_ reason: TransportError) {
    state.withLock { state in
      state.inbound.fail(reason)
      state.outbound.close(reason)
    }
    for sleeper in Sleeper.allCases { wake(sleeper) }
  }

  func takeOrders() -> Orders {
    state.withLock { state in
      state.isScheduled = false
      return Orders(
        outbound: state.outbound.takeOrders(), takenBytes: state.inbound.settleTaken(),
        queuedBytes: state.inbound.queuedBytes, isBodyWanted: state.inbound.isWanted,
        isHandlerDone: state.isHandlerDone)
    }
  }

  /// So many bytes left the queues towards the kernel; lets a waiting writer go on at the low mark.
  func didSend(_ count: Int) {
    let writer = state.withLock { state in
      state.outbound.didSend(count)
      return state.outbound.unsentBytes <= OutboundQueue.lowMarkBytes ? state.remove(.writer) : nil
    }
    writer?.resume()
  }

  var hasStartedAnswer: Bool { state.withLock { $0.outbound.isStarted } }

  var isAnswerOpen: Bool { state.withLock { $0.outbound.isOpen } }
}
