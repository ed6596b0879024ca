import Testing

@testable import GRPCAdapter

@Suite("What a Push stream does next")
struct PushWindowTests {
  @Test("reads while there is room, one request at a time")
  func reads() {
    var window = PushWindow(limit: 2)
    #expect(window.next() == .read)
    #expect(window.next() == .wait)
    #expect(window.requestArrived() == true)
    #expect(window.next() == .read)
    #expect(window.requestArrived() == true)
    #expect(window.next() == .wait)
    window.answered()
    #expect(window.next() == .read)
  }

  @Test("ends with the first reason, once everything is answered")
  func ends() {
    var window = PushWindow(limit: 2)
    _ = window.next()
    _ = window.requestArrived()
    _ = window.next()
    window.end(.shuttingDown)
    window.end(GRPCStatus(.internalError, "later"))
    #expect(window.next() == .wait)
    #expect(window.requestArrived() == false, "a request that comes after the end is not taken")
    window.answered()
    #expect(window.next() == .finish(.shuttingDown))
  }

  @Test("ends well when the client has half-closed")
  func halfClose() {
    var window = PushWindow(limit: 2)
    _ = window.next()
    window.requestsEnded()
    #expect(window.next() == .finish(.ok))
  }
}
