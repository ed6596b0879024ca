import Application
import Domain
import Testing

extension ObjectStorePromise {
  func checkContents(_ store: some ObjectStore) async throws {
    let (first, second) = (try key("tenant/2026/01/02/a-0.cwd"), try key("tenant/2026/01/02/a-1.cwd"))
    try await store.put(sample(1, 1_000), at: first)
    try await store.putIfAbsent(sample(2, 2_000), at: second)
    #expect(try await store.get(first, limit: Self.plenty) == sample(1, 1_000))
    #expect(try await store.get(second, limit: Self.plenty) == sample(2, 2_000))
  }

  func checkSizes(_ store: some ObjectStore) async throws {
    let (empty, large) = (try key("empty"), try key("large"))
    let bytes = sample(3, 20 << 20)
    try await store.put([], at: empty)
    try await store.put(bytes, at: large)
    #expect(try await store.get(empty, limit: 0).isEmpty)
    #expect(try await store.get(large, limit: bytes.count) == bytes)
  }

  func checkAbsence(_ store: some ObjectStore) async throws {
    try await store.put([1], at: try key("a/b"))
    for text in ["nothing", "a/c", "b/b", "a/b/c"] {
      let key = try key(text)
      let isAbsent = { (error: ObjectStoreError) in if case .notFound(key) = error { true } else { false } }
      await expect("an absent key", isAbsent) { _ = try await store.get(key, limit: Self.plenty) }
      await expect("a range of an absent key", isAbsent) { _ = try await store.get(key, range: 0..<1) }
      await expect("the end of an absent key", isAbsent) { _ = try await store.end(of: key, limit: 1) }
    }
  }

  func checkReplacement(_ store: some ObjectStore) async throws {
    let key = try key("folder/object")
    try await store.put(sample(1, 5_000), at: key)
    try await store.put(sample(2, 10), at: key)
    #expect(try await store.get(key, limit: Self.plenty) == sample(2, 10))
  }

  func checkPutIfAbsent(_ store: some ObjectStore) async throws {
    let key = try key("folder/once")
    try await store.putIfAbsent([1, 2, 3], at: key)
    let isTaken = { (error: ObjectStoreError) in if case .alreadyExists(key) = error { true } else { false } }
    await expect("a second putIfAbsent", isTaken) { try await store.putIfAbsent([4, 5], at: key) }
    #expect(try await store.get(key, limit: Self.plenty) == [1, 2, 3])
  }

  func checkRace(_ store: some ObjectStore) async throws {
    let key = try key("folder/race")
    let winners = await withTaskGroup(of: Int?.self) { group in
      for writer in 0..<8 {
        group.addTask {
          do throws(ObjectStoreError) { try await store.putIfAbsent(sample(writer, 100), at: key) } catch { return nil }
          return writer
        }
      }
      return await group.reduce(into: [Int]()) { if let writer = $1 { $0.append(writer) } }
    }
    try #require(winners.count == 1)
    #expect(try await store.get(key, limit: Self.plenty) == sample(winners[0], 100))
  }

  func checkAtomicity(_ store: some ObjectStore) async throws {
    let key = try key("folder/replaced")
    let contents = (0..<4).map { sample($0, 300_000 + $0) }
    try await store.put(contents[0], at: key)
    let readsAreWhole = try await withThrowingTaskGroup(of: Bool.self) { group in
      for writer in 1..<4 {
        group.addTask {
          for _ in 0..<10 { try await store.put(contents[writer], at: key) }
          return true
        }
      }
      for _ in 0..<3 {
        group.addTask {
          for _ in 0..<20 where !contents.contains(try await store.get(key, limit: Self.plenty)) { return false }
          return true
        }
      }
      return try await group.reduce(true) { $0 && $1 }
    }
    #expect(readsAreWhole)
  }

  func checkDeletion(_ store: some ObjectStore) async throws {
    let (key, other) = (try key("t/2026/gone"), try key("t/2026/stays"))
    try await store.put([1], at: key)
    try await store.put([2], at: other)
    try await store.delete(key)
    let isAbsent = { (error: ObjectStoreError) in if case .notFound(key) = error { true } else { false } }
    await expect("a deleted key", isAbsent) { _ = try await store.get(key, limit: Self.plenty) }
    #expect(try await store.list(below: "", page: nil, limit: 10).keys == [other])
    try await store.putIfAbsent([3], at: key)
    #expect(try await store.get(key, limit: 10) == [3])
  }

  func checkIdleDeletion(_ store: some ObjectStore) async throws {
    let (key, other) = (try key("folder/object"), try key("folder/never"))
    try await store.delete(other)
    try await store.put([1], at: key)
    try await store.delete(other)
    try await store.delete(key)
    try await store.delete(key)
    #expect(try await store.list(below: "", page: nil, limit: 10).keys.isEmpty)
  }

  func checkLongKey(_ store: some ObjectStore) async throws {
    let segment = String(repeating: "%2F-a.Z_9", count: 13)
    let text = [segment, segment, segment, segment, String(repeating: "x", count: 40)].joined(separator: "/")
    #expect(text.utf8.count == 4 * 117 + 4 + 40)
    let key = try key(text)
    try await store.put([9], at: key)
    #expect(try await store.get(key, limit: 10) == [9])
    #expect(try await store.list(below: segment, page: nil, limit: 10).keys == [key])
  }

  func checkCancellation(_ store: some ObjectStore) async throws {
    let key = try key("folder/cancelled")
    let call = Task { () async -> Result<[UInt8], ObjectStoreError> in
      while !Task.isCancelled { await Task.yield() }
      do throws(ObjectStoreError) { return .success(try await store.get(key, limit: 10)) } catch {
        return .failure(error)
      }
    }
    call.cancel()
    let outcome = await call.value
    guard case .failure(.cancelled) = outcome else {
      Issue.record("a cancelled get ended with \(outcome)")
      return
    }
  }
}
