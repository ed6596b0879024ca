/// Whose turn it is: each file once, in the order in which they had news.
struct TurnQueue: Sendable {
  private var order: [FileIdentity] = []
  private var head = 0
  private var members: Set<FileIdentity> = []

  var isEmpty: Bool { members.isEmpty }

  mutating func add(_ identity: FileIdentity) {
    if members.insert(identity).inserted { order.append(identity) }
  }

  mutating func next() -> FileIdentity? {
    guard head < order.count else { return nil }
    defer {
      head += 1
      if head == order.count || head > 1_024 {
        order.removeFirst(head)
        head = 0
      }
    }
    members.remove(order[head])
    return order[head]
  }
}
