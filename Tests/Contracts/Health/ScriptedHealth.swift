import Application

/// Health that says what it was told to say, and that can keep askers waiting.
package actor ScriptedHealth: Health {
  private var missing: [String] = []
  private var questionsToHold = 0
  private var nextTicket = 0
  private var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
  /// Questions that came so far.
  package private(set) var questions = 0

  package init() {}

  package func say(_ missing: [String]) { self.missing = missing }

  /// Keeps the next `count` askers waiting until `release`, or until they are cancelled.
  package func hold(_ count: Int) { questionsToHold = count }

  /// Lets go on who waits, and who comes.
  package func release() {
    questionsToHold = 0
    for continuation in waiting.values { continuation.resume() }
    waiting = [:]
  }

  /// Askers that are kept waiting.
  package var held: Int { waiting.count }

  package func problems() async -> [String] {
    questions += 1
    if questionsToHold > 0 {
      questionsToHold -= 1
      await wait()
    }
    return missing
  }

  private func wait() async {
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
