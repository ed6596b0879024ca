import Application

/// A question under way, of which one can see whether it was answered.
actor PendingAnswer {
  private let task: Task<Result<RecentAnswer, RecentEventsError>, Never>
  private(set) var result: Result<RecentAnswer, RecentEventsError>?

  init(_ ask: @escaping @Sendable () async throws(RecentEventsError) -> RecentAnswer) {
    task = Task {
      do throws(RecentEventsError) { return .success(try await ask()) } catch { return .failure(error) }
    }
    Task { await note() }
  }

  nonisolated func cancel() { task.cancel() }

  private func note() async { result = await task.value }
}
