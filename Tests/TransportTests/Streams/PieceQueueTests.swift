import Testing

@testable import Transport

@Suite struct PieceQueueTests {
  @Test("parts come out in order whatever their sizes", arguments: [1, 2, 3, 5, 7, 100])
  func consumes(step: Int) {
    var queue = PieceQueue()
    let pieces = (1...40).map { pattern($0) }
    for piece in pieces { queue.append(piece) }
    var out: [UInt8] = []
    while !queue.isEmpty {
      queue.consume(min(step, queue.count)) { piece, start, count in out += piece[start..<start + count] }
    }
    #expect(out == pieces.flatMap { $0 })
    #expect(queue.count == 0)
  }

  @Test("pieces pop whole, first in first out, also when the queue is never empty")
  func pops() {
    var queue = PieceQueue()
    queue.append([0])
    for number in 1...1000 {
      queue.append([UInt8(truncatingIfNeeded: number)])
      #expect(queue.popFirst() == [UInt8(truncatingIfNeeded: number - 1)])
    }
    #expect(queue.count == 1)
  }

  @Test("bytes merge into the last piece up to the limit, and into none that is gone")
  func merges() {
    var queue = PieceQueue()
    var merged = [queue.mergeIntoLast([1], limit: 4)]
    queue.append([1, 2])
    merged.append(queue.mergeIntoLast([3, 4], limit: 4))
    merged.append(queue.mergeIntoLast([5], limit: 4))
    #expect(queue.popFirst() == [1, 2, 3, 4])
    merged.append(queue.mergeIntoLast([5], limit: 4))
    #expect(merged == [false, true, false, false])
    #expect(queue.popFirst() == nil)
  }

  @Test("a queue appended to another keeps both orders")
  func appends() {
    var first = PieceQueue()
    var second = PieceQueue()
    second.append([2])
    first.append(contentsOf: second)
    first.append([3])
    first.append(contentsOf: second)
    let popped = (0..<4).map { _ in first.popFirst() }
    #expect(popped == [[2], [3], [2], nil])
  }
}
