import Domain

/// Sources by their newest event, newest first: a binary heap.
struct SourceQueue: Sendable {
  private var heap: [ScanSource] = []

  var isEmpty: Bool { heap.isEmpty }
  var newest: Timestamp? { heap.first?.newest }

  mutating func push(_ source: ScanSource) {
    heap.append(source)
    var child = heap.count - 1
    while child > 0, heap[(child - 1) / 2].newest < heap[child].newest {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func pop() -> ScanSource? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if heap.isEmpty { return first }
    heap[0] = last
    var parent = 0
    while true {
      var largest = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if heap[child].newest > heap[largest].newest { largest = child }
      }
      if largest == parent { return first }
      heap.swapAt(parent, largest)
      parent = largest
    }
  }
}
