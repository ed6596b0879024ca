import Cnghttp2

/// One HTTP/2 stream: what its connection and the C callbacks know of it, with the channel to its tasks.
final class HTTP2Stream: LoopServiced, @unchecked Sendable {
  // Sendable: tasks touch `channel` only, which has a lock; all else is the loop's.

  /// What goes into the next DATA frame.
  enum Frame {
    enum End { case no, here, withTrailers }
    /// Nothing to send for now.
    case wait
    case body(Int, End)
  }

  let channel: StreamChannel
  /// Zero until a client's request was submitted.
  var id: Int32
  var head: HTTP2HeadBuilder
  /// Server: the request was given to a handler. Client: the answer's head has come.
  var hasHead = false
  /// Server: a handler was started for it.
  var isServed = false
  /// Server: the answer has no body, whatever the handler writes (HEAD, 204, 304).
  var isBodyless = false
  /// The handler's task, until the stream is closed.
  var task: Task<Void, Never>?
  /// Nobody will read what still comes.
  private(set) var isDiscarding = false
  private(set) var isClosed = false
  /// When bytes last left; for the write stall.
  private(set) var lastProgress: UInt64 = 0

  private weak let connection: HTTP2Connection?
  /// Bytes of this turn's reads, not yet with the channel.
  private var arriving: [UInt8] = []
  /// Delivered and not yet given back to the peer's flow control.
  private var unconsumedBytes = 0
  private var sendQueue = PieceQueue()
  private var ending: HTTPFields?
  private var isDeferred = false

  /// - Parameter awaitsHead: True on a server: the head is the answer's, submitted when the handler starts it.
  init(connection: HTTP2Connection, id: Int32, awaitsHead: Bool, limits: HTTPHeadLimits) {
    self.connection = connection
    self.id = id
    head = HTTP2HeadBuilder(limits: limits)
    channel = StreamChannel(loop: connection.loop, awaitsHead: awaitsHead)
  }

  // MARK: In

  /// - Returns: Whether these are the first bytes since `deliverArrived`.
  func arrive(_ bytes: UnsafeBufferPointer<UInt8>, mostToCome: Int) -> Bool {
    unconsumedBytes += bytes.count
    let isFirst = arriving.isEmpty
    // One array for all that this read holds for the stream; but a stream of small frames beside others must not
    // reserve the whole read for each.
    if isFirst { arriving.reserveCapacity(min(mostToCome, bytes.count * 4)) }
    unsafe arriving.append(contentsOf: bytes)
    return isFirst
  }

  func deliverArrived() {
    if arriving.isEmpty { return }
    let bytes = arriving
    arriving = []
    channel.deliver(bytes)
  }

  /// Later bytes of the body are acknowledged and dropped.
  func discardBody() { isDiscarding = true }

  // MARK: Out

  func service() {
    let orders = channel.takeOrders()
    guard let connection else { return }
    if orders.isHandlerDone { connection.handlerReturned(self) }
    if isClosed { return }
    giveCredit(orders.takenBytes, on: connection)
    apply(orders.outbound, on: connection)
  }

  private func giveCredit(_ taken: Int, on connection: HTTP2Connection) {
    let count = min(taken, unconsumedBytes)
    if count == 0 { return }
    unconsumedBytes -= count
    connection.session.consume(id, count)
    connection.markDirty()
  }

  private func apply(_ orders: OutboundOrders, on connection: HTTP2Connection) {
    switch orders.ending {
    case .aborted: return reset(NGHTTP2_CANCEL)
    case .incomplete: return reset(NGHTTP2_INTERNAL_ERROR)
    case .complete(let trailers): ending = trailers
    case nil: break
    }
    if isBodyless {
      channel.didSend(orders.pieces.count)
    } else if !orders.pieces.isEmpty {
      if sendQueue.isEmpty { lastProgress = connection.loop.now }
      sendQueue.append(contentsOf: orders.pieces)
    }
    if let head = orders.head {
      submit(head, on: connection)
    } else if !orders.pieces.isEmpty || orders.ending != nil {
      resume(on: connection)
    }
  }

  private func submit(_ response: HTTPResponseHead, on connection: HTTP2Connection) {
    if response.status == 204 || response.status == 304 { isBodyless = true }
    let block = HTTP2HeaderBlock(response: response, date: connection.loop.date)
    let isWhole = isBodyless || (sendQueue.isEmpty && ending?.fields.isEmpty == true)
    connection.session.submitResponse(block, on: self, hasBody: !isWhole)
    connection.markDirty()
  }

  private func resume(on connection: HTTP2Connection) {
    guard isDeferred else { return }
    isDeferred = false
    connection.session.resume(id)
    connection.markDirty()
  }

  /// Called by nghttp2 when it can send a DATA frame of this stream.
  func nextFrame(limit: Int) -> Frame {
    let count = min(limit, sendQueue.count)
    guard count == sendQueue.count, let ending else {
      if count > 0 { return .body(count, .no) }
      isDeferred = true
      return .wait
    }
    if ending.fields.isEmpty { return .body(count, .here) }
    connection?.session.submitTrailers(HTTP2HeaderBlock(trailers: ending), on: id)
    return .body(count, .withTrailers)
  }

  /// Called by nghttp2 for the frame that `nextFrame` promised.
  func moveBody(_ count: Int, into socket: Socket) {
    sendQueue.consume(count) { piece, start, count in socket.enqueue(piece, from: start, count: count) }
    if let connection { lastProgress = connection.loop.now }
    channel.didSend(count)
  }

  /// Bytes wait since `lastProgress` for the peer's window.
  var isStalled: Bool { !sendQueue.isEmpty }

  func reset(_ code: nghttp2_error_code) {
    guard !isClosed, let connection else { return }
    discardBody()
    connection.session.reset(id, code)
    connection.markDirty()
  }

  // MARK: End

  /// nghttp2 or the connection is done with the stream.
  ///
  /// - Returns: Bytes whose acknowledgement the connection's window still waits for.
  func close(_ reason: TransportError) -> Int {
    deliverArrived()
    isClosed = true
    sendQueue.removeAll()
    channel.close(reason)
    task?.cancel()
    task = nil
    defer { unconsumedBytes = 0 }
    return unconsumedBytes
  }
}
