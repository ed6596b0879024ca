/// Holds up whoever comes while it is closed.
actor Gate {
  private var isClosed = false
  private var nextTicket = 0
  private var waiting: [Int: CheckedContinuation<Void, Never>] = [:]

  func close() { isClosed = true }

  func open() {
    isClosed = false
    for continuation in waiting.values { continuation.resume() }
    waiting = [:]
  }

  /// Those who are held up.
  var held: Int { waiting.count }

  /// Returns when the gate is open, or the task is cancelled.
  func pass() async {
    guard isClosed else { return }
    nextTicket += 1
    let ticket = nextTicket
    await withTaskCancellationHandler {
      await withCheckedContinuation { waiting[ticket] = $0 }
    } onCancel: {
      // It takes its turn on the actor, thus after the line above.
      Task { await leave(ticket) }
    }
  }

  private func leave(_ ticket: Int) { waiting.removeValue(forKey: ticket)?.resume() }
}
