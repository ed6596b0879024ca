import Threads

/// What the endpoints for operators have in common: a small body, and work on the pool.
enum AdminOperation {
  /// A selection is a few hundred bytes.
  static let maximumBodyBytes = 16 << 10

  /// Runs one call of a driving port on the pool.
  static func run<Value: Sendable, Failure: Error>(
    on pool: ThreadPool, _ call: @Sendable () async throws(Failure) -> Value,
    translate: (Failure) -> RequestFailure
  ) async throws(RequestFailure) -> Value {
    let outcome = await withTaskExecutorPreference(pool) { () async -> Result<Value, Failure> in
      do throws(Failure) { return .success(try await call()) } catch { return .failure(error) }
    }
    switch outcome {
    case .success(let value): return value
    case .failure(let error): throw translate(error)
    }
  }
}
