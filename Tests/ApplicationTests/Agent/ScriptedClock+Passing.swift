import InMemoryAdapter

extension ScriptedClock {
  /// Lets time pass, as soon as somebody waits for it, until the task is cancelled.
  func passing() -> Task<Void, Never> {
    Task {
      while !Task.isCancelled {
        await waitForSleepers()
        advance(by: .milliseconds(100))
        // Time for those who woke to do something.
        for _ in 0..<20 { await Task.yield() }
      }
    }
  }
}
