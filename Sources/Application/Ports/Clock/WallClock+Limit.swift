extension WallClock {
  /// What `call` returns; nil if it takes longer than `duration`, or the task is cancelled first. `call` is cancelled then,
  /// and awaited.
  package func result<Value: Sendable>(
    within duration: Duration, of call: @escaping @Sendable () async -> Value
  ) async -> Value? {
    await withTaskGroup(of: Value?.self) { group in
      group.addTask { await call() }
      group.addTask {
        do throws(CancellationError) { try await self.sleep(for: duration) } catch {}
        return nil
      }
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
  }
}
