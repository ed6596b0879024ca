/// Those who wait for a partition to be read up to an offset. Confined to the actor that owns it.
struct ProgressGate: Sendable {
  private var waiting: [(ticket: Int, offset: UInt64, continuation: CheckedContinuation<Void, Never>)] = []
  private var nextTicket = 0

  mutating func ticket() -> Int {
    nextTicket += 1
    return nextTicket
  }

  mutating func wait(for offset: UInt64, _ ticket: Int, _ continuation: CheckedContinuation<Void, Never>) {
    waiting.append((ticket, offset, continuation))
  }

  mutating func advance(to position: UInt64) { resume { $0.offset <= position } }

  mutating func giveUp(_ ticket: Int) { resume { $0.ticket == ticket } }

  mutating func release() { resume { _ in true } }

  private mutating func resume(
    where isDone: ((ticket: Int, offset: UInt64, continuation: CheckedContinuation<Void, Never>)) -> Bool
  ) {
    if waiting.isEmpty { return }
    let done = waiting.filter(isDone)
    waiting.removeAll(where: isDone)
    for waiter in done { waiter.continuation.resume() }
  }
}
