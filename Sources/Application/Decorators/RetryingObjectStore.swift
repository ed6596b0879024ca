package import Domain

/// An object store that is asked again when it is away for a moment. Looks at the error's case only.
///
/// Every operation may be repeated: objects are immutable, and keys are written by one flush only. A repeated
/// `putIfAbsent` whose first answer was lost finds its own object there and says `.alreadyExists`.
package struct RetryingObjectStore<Base: ObjectStore>: ObjectStore {
  private let base: Base
  private let policy: RetryPolicy
  private let clock: any WallClock

  package init(_ base: Base, policy: RetryPolicy = RetryPolicy(), clock: any WallClock) {
    self.base = base
    self.policy = policy
    self.clock = clock
  }

  package func put(_ bytes: [UInt8], at key: ObjectKey) async throws(ObjectStoreError) {
    try await retry { () async throws(ObjectStoreError) in try await base.put(bytes, at: key) }
  }

  package func putIfAbsent(_ bytes: [UInt8], at key: ObjectKey) async throws(ObjectStoreError) {
    try await retry { () async throws(ObjectStoreError) in try await base.putIfAbsent(bytes, at: key) }
  }

  package func get(_ key: ObjectKey, limit: Int) async throws(ObjectStoreError) -> [UInt8] {
    try await retry { () async throws(ObjectStoreError) in try await base.get(key, limit: limit) }
  }

  package func get(_ key: ObjectKey, range: Range<Int>) async throws(ObjectStoreError) -> [UInt8] {
    try await retry { () async throws(ObjectStoreError) in try await base.get(key, range: range) }
  }

  package func end(of key: ObjectKey, limit: Int) async throws(ObjectStoreError) -> ObjectEnd {
    try await retry { () async throws(ObjectStoreError) in try await base.end(of: key, limit: limit) }
  }

  package func list(
    below prefix: String, page: String?, limit: Int
  ) async throws(ObjectStoreError) -> ObjectListing {
    try await retry { () async throws(ObjectStoreError) in
      try await base.list(below: prefix, page: page, limit: limit)
    }
  }

  package func delete(_ key: ObjectKey) async throws(ObjectStoreError) {
    try await retry { () async throws(ObjectStoreError) in try await base.delete(key) }
  }

  private func retry<Answer>(
    _ call: () async throws(ObjectStoreError) -> Answer
  ) async throws(ObjectStoreError) -> Answer {
    var attempt = 1
    while true {
      do throws(ObjectStoreError) { return try await call() } catch {
        guard case .unavailable(let asked, _) = error,
          let pause = policy.pause(after: attempt, asked: asked, jitter: .random(in: 0...1))
        else { throw error }
        do throws(CancellationError) { try await clock.sleep(for: pause) } catch { throw .cancelled }
        attempt += 1
      }
    }
  }
}
