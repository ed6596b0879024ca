import Testing

@testable import Transport

@Suite struct OutboundQueueTests {
  @Test("a writer waits above the high mark and goes on at the low one")
  func marks() throws {
    var queue = OutboundQueue(awaitsHead: false)
    try queue.write([UInt8](repeating: 0, count: OutboundQueue.highMarkBytes))
    #expect(!queue.isFull)
    try queue.write([0])
    #expect(queue.isFull)
    // Handing over to the loop is not sending.
    #expect(queue.takeOrders().pieces.count == OutboundQueue.highMarkBytes + 1)
    #expect(queue.isFull)
    queue.didSend(1)
    #expect(!queue.isFull)
    #expect(queue.unsentBytes > OutboundQueue.lowMarkBytes)
  }

  @Test("orders come once, with the head, the pieces and the end that were queued")
  func orders() throws {
    var queue = OutboundQueue(awaitsHead: true)
    try queue.start(HTTPResponseHead(status: 204))
    try queue.write([1])
    try queue.end(trailers: ["a": "b"])
    let orders = queue.takeOrders()
    #expect(orders.head?.status == 204)
    #expect(orders.pieces.count == 1)
    guard case .complete(let trailers) = orders.ending else {
      Issue.record("\(orders)")
      return
    }
    #expect(trailers["a"] == "b")
    let again = queue.takeOrders()
    #expect(again.head == nil && again.pieces.isEmpty && again.ending == nil)
  }

  @Test("a body short of its length is not complete")
  func incomplete() throws {
    var queue = OutboundQueue(awaitsHead: true)
    try queue.start(HTTPResponseHead(status: 200, contentLength: 2))
    try queue.write([1])
    try queue.end(trailers: [:])
    guard case .incomplete = queue.takeOrders().ending else {
      Issue.record("taken for complete")
      return
    }
  }

  @Test("after the close every call throws its reason")
  func closed() throws {
    let reason = TransportError.closedByPeer(detail: "test")
    var queue = OutboundQueue(awaitsHead: true)
    queue.close(reason)
    #expect(throws: reason) { try queue.start(HTTPResponseHead(status: 200)) }
    #expect(throws: reason) { try queue.write([1]) }
    #expect(throws: reason) { try queue.end(trailers: [:]) }
    #expect(queue.closeReason == reason)
  }

  @Test("an abort drops what waits and outlives a close")
  func abort() throws {
    var queue = OutboundQueue(awaitsHead: false)
    try queue.write([1])
    queue.abort(.cancelled)
    queue.close(.closedByPeer(detail: "later"))
    #expect(queue.closeReason == .cancelled)
    let orders = queue.takeOrders()
    #expect(orders.pieces.isEmpty)
    guard case .aborted = orders.ending else {
      Issue.record("no abort")
      return
    }
  }
}
