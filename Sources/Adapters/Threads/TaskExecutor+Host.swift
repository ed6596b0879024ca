extension TaskExecutor {
  /// Does work that waits in between: whenever it runs, it does so on the executor. `@concurrent`, since what is not would begin
  /// on the caller's executor, and change to this one at its first wait.
  package func host<Value: Sendable, Failure: Error>(
    _ body: @concurrent @Sendable () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let outcome: Result<Value, Failure> = await withTaskExecutorPreference(self) {
      do throws(Failure) { return .success(try await body()) } catch { return .failure(error) }
    }
    return try outcome.get()
  }
}
