package import Application

/// The dead letters of a running server.
package struct RemoteDeadLetters: DeadLetterOperations {
  private let client: AdminClient

  package init(_ client: AdminClient) { self.client = client }

  package func list(
    _ selection: DeadLetterSelection, from position: UInt64, limit: Int
  ) async throws(DeadLetterOperationsError) -> DeadLetterList {
    let request = DeadLetterListRequest(selection: selection, position: position, limit: limit)
    return try await translating { () async throws(AdminClientError) in
      try DeadLetterList(try await client.call(AdminPath.deadLetterList, request.json))
    }
  }

  package func letter(_ number: UInt64) async throws(DeadLetterOperationsError) -> DeadLetterDetail {
    let request = DeadLetterShowRequest(number: number)
    return try await translating { () async throws(AdminClientError) in
      try DeadLetterDetail(try await client.call(AdminPath.deadLetterShow, request.json))
    }
  }

  package func replay(
    _ selection: DeadLetterSelection, limit: Int, isForced: Bool,
    told: @Sendable (DeadLetterReplayed) async -> Void
  ) async throws(DeadLetterOperationsError) {
    let request = DeadLetterChangeRequest(selection: selection, limit: limit, isForced: isForced)
    try await translating { () async throws(AdminClientError) in
      _ = try await client.follow(AdminPath.deadLetterReplay, request.json) { (line) async throws(AdminClientError) in
        await told(try DeadLetterReplayed(line))
      }
    }
  }

  package func drop(
    _ selection: DeadLetterSelection, isForced: Bool, told: @Sendable (DeadLetterDrop) async -> Void
  ) async throws(DeadLetterOperationsError) {
    let request = DeadLetterChangeRequest(selection: selection, limit: .max, isForced: isForced)
    try await translating { () async throws(AdminClientError) in
      _ = try await client.follow(AdminPath.deadLetterDrop, request.json) { (line) async throws(AdminClientError) in
        await told(try DeadLetterDrop(line))
      }
    }
  }

  private func translating<Value>(
    _ call: () async throws(AdminClientError) -> Value
  ) async throws(DeadLetterOperationsError) -> Value {
    do throws(AdminClientError) { return try await call() } catch { throw DeadLetterOperationsError(error) }
  }
}
