import Testing

@testable import GRPCAdapter

@Suite("What a Push stream does next")
struct PushWindowTests {
  @Test("reads while there is room, one request at a time")
  func reads() {
    var window = PushWindow(limit: 2, maximumBytes: 100)
    #expect(window.next() == .read)
    #expect(window.next() == .wait)
    #expect(window.requestArrived(bytes: 10) == true)
    #expect(window.next() == .read)
    #expect(window.requestArrived(bytes: 10) == true)
    #expect(window.next() == .wait)
    window.answered(bytes: 10)
    #expect(window.next() == .read)
  }

  @Test("reads no further while what is in flight is large, one batch or several")
  func bytes() {
    var window = PushWindow(limit: 16, maximumBytes: 100)
    #expect(window.next() == .read)
    _ = window.requestArrived(bytes: 60)
    #expect(window.next() == .read)
    _ = window.requestArrived(bytes: 60)
    #expect(window.next() == .wait)
    window.answered(bytes: 60)
    #expect(window.next() == .read)
    _ = window.requestArrived(bytes: 500)
    window.answered(bytes: 60)
    #expect(window.next() == .wait)
    window.answered(bytes: 500)
    #expect(window.next() == .read)
  }

  @Test("ends with the first reason, once everything is answered")
  func ends() {
    var window = PushWindow(limit: 2, maximumBytes: 100)
    _ = window.next()
    _ = window.requestArrived(bytes: 10)
    _ = window.next()
    window.end(.shuttingDown)
    window.end(GRPCStatus(.internalError, "later"))
    #expect(window.next() == .wait)
    #expect(window.requestArrived(bytes: 10) == false, "a request that comes after the end is not taken")
    window.answered(bytes: 10)
    #expect(window.next() == .finish(.shuttingDown))
  }

  @Test("ends well when the client has half-closed")
  func halfClose() {
    var window = PushWindow(limit: 2, maximumBytes: 100)
    _ = window.next()
    window.requestsEnded()
    #expect(window.next() == .finish(.ok))
  }

  @Test("a batch that fails the stream does so also after the half-close")
  func failureAfterHalfClose() {
    var window = PushWindow(limit: 2, maximumBytes: 100)
    _ = window.next()
    _ = window.requestArrived(bytes: 10)
    _ = window.next()
    window.requestsEnded()
    window.answered(bytes: 10)
    window.end(.shuttingDown)
    #expect(window.next() == .finish(.shuttingDown))
  }
}
