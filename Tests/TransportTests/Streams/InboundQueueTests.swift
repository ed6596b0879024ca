import Testing

@testable import Transport

@Suite struct InboundQueueTests {
  private let reason = TransportError.closedByPeer(detail: "test")

  @Test("waits, gives pieces, then the end, for ever")
  func order() {
    var queue = InboundQueue()
    #expect(queue.take() == .wait)
    queue.append(pattern(InboundQueue.mergeLimitBytes))
    queue.append([1])
    queue.complete(trailers: ["a": "b"])
    #expect(queue.take() == .piece(pattern(InboundQueue.mergeLimitBytes)))
    #expect(queue.take() == .piece([1]))
    #expect(queue.take() == .end)
    #expect(queue.take() == .end)
    #expect(queue.trailers["a"] == "b")
  }

  @Test("counts what was taken, once")
  func credit() {
    var queue = InboundQueue()
    queue.append([1, 2, 3])
    #expect(queue.settleTaken() == 0)
    _ = queue.take()
    #expect(queue.settleTaken() == 3)
    #expect(queue.settleTaken() == 0)
    #expect(queue.queuedBytes == 0)
  }

  @Test("a failure drops what was not taken; a complete body survives it")
  func failure() {
    var queue = InboundQueue()
    queue.append([1])
    queue.fail(reason)
    queue.append([2])
    #expect(queue.take() == .failed(reason))
    queue = InboundQueue()
    queue.append([1])
    queue.complete(trailers: [:])
    queue.fail(reason)
    #expect(queue.take() == .piece([1]))
    #expect(queue.take() == .end)
  }

  @Test("a reader that gives up drops a complete body too")
  func discard() {
    var queue = InboundQueue()
    queue.append([1])
    queue.complete(trailers: [:])
    queue.discard(.cancelled)
    #expect(queue.take() == .failed(.cancelled))
  }

  @Test("tiny pieces are merged")
  func merges() {
    var queue = InboundQueue()
    for _ in 0..<100 { queue.append([7]) }
    #expect(queue.take() == .piece([UInt8](repeating: 7, count: 100)))
  }
}
