import Domain
import Testing

@testable import GRPCAdapter

@Suite("Parts of the client")
struct ClientPartsTests {
  @Test("addresses are read and written alike", arguments: ["localhost:50051", "10.0.0.1:1", "[::1]:65535"])
  func addresses(_ text: String) throws {
    #expect(try #require(ServerAddress(text)).description == text)
  }

  @Test(
    "what is no address is refused", arguments: ["", "host", "host:", ":1", "host:0", "host:65536", "::1:80", "[]:1"])
  func badAddresses(_ text: String) { #expect(ServerAddress(text) == nil) }

  @Test("backoff doubles up to its longest wait, and begins again after a success")
  func backoff() {
    var backoff = Backoff(first: .milliseconds(100), longest: .seconds(1))
    for step in [100, 200, 400, 800, 1000] { #expect(backoff.failed(chance: 1) == .milliseconds(step)) }
    #expect(backoff.failed(chance: 0) == .milliseconds(500))
    for _ in 0..<100 { #expect(backoff.failed(chance: 1) == .seconds(1)) }
    backoff.succeeded()
    #expect(backoff.failed(chance: 0) == .milliseconds(50))
  }

  private func identity(_ sequence: UInt64) -> BatchIdentity {
    BatchIdentity(service: "api", producer: [1], sequence: sequence)
  }

  private func frame(_ byte: UInt8) -> SendFrame { SendFrame(content: [byte], firstSent: .zero) }

  @Test("so many are sent at a time, in order; an answer makes room")
  func window() {
    var queue = SendQueue<Int>(limit: 2)
    let ids = (1...3).map { queue.add(identity(UInt64($0)), frame(UInt8($0))) }
    #expect(queue.nextToSend(deadline: .seconds(1))?.content == [1])
    #expect(queue.nextToSend(deadline: .seconds(2))?.content == [2])
    #expect(queue.nextToSend(deadline: .seconds(3)) == nil)
    #expect(!queue.hasWork)
    #expect(queue.earliestDeadline == .seconds(1))
    #expect(queue.answered(identity(2)) == ids[1])
    #expect(queue.nextToSend(deadline: .seconds(3))?.content == [3])
    #expect(queue.answered(identity(9)) == nil)
  }

  @Test("a caller that leaves takes its queued batch along, but not one that was sent")
  func leaving() {
    var queue = SendQueue<Int>(limit: 1)
    let first = queue.add(identity(1), frame(1))
    let second = queue.add(identity(2), frame(2))
    _ = queue.add(identity(3), frame(3))
    #expect(queue.nextToSend(deadline: .zero)?.content == [1])
    let left = [queue.leave(first), queue.leave(second), queue.leave(second)]
    #expect(left == [first, second, nil], "each is told once that it left")
    #expect(queue.nextToSend(deadline: .zero) == nil, "the place of a sent batch is taken until its answer comes")
    #expect(queue.answered(identity(1)) == nil, "nobody waits for it any more")
    #expect(queue.nextToSend(deadline: .zero)?.content == [3])
  }

  @Test("an answer finds its caller, however soon it comes")
  func earlyAnswer() {
    var queue = SendQueue<String>(limit: 1)
    let id = queue.reserve()
    queue.add(identity(1), frame(1), as: id, for: "caller")
    #expect(queue.nextToSend(deadline: .zero)?.content == [1])
    // Nothing in between: who queues a batch has said whom to tell.
    #expect(queue.answered(identity(1)) == "caller")
    #expect(queue.end().isEmpty)
  }

  @Test("at the end all are told who still wait, whether their batch was sent or not")
  func ending() {
    var queue = SendQueue<Int>(limit: 1)
    let ids = (1...3).map { queue.add(identity(UInt64($0)), frame(UInt8($0))) }
    _ = queue.nextToSend(deadline: .zero)
    _ = queue.leave(ids[2])
    #expect(queue.end().sorted() == [ids[0], ids[1]])
    #expect(queue.end().isEmpty)
  }

  @Test("the same batch twice is answered twice, in order")
  func twins() {
    var queue = SendQueue<Int>(limit: 2)
    let ids = (1...2).map { queue.add(identity(1), frame(UInt8($0))) }
    _ = queue.nextToSend(deadline: .zero)
    _ = queue.nextToSend(deadline: .zero)
    #expect(queue.answered(identity(1)) == ids[0])
    #expect(queue.answered(identity(1)) == ids[1])
    #expect(queue.answered(identity(1)) == nil)
  }
}

extension SendQueue<Int> {
  /// The caller is known by the id of its batch.
  fileprivate mutating func add(_ identity: BatchIdentity, _ frame: SendFrame) -> Int {
    let id = reserve()
    add(identity, frame, as: id, for: id)
    return id
  }
}
