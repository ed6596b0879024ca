import Application
import Domain
import Testing
import Threads

@testable import DiskAdapter

/// What survives power cuts and full disks.
@Suite("Disk object store in trouble", .timeLimit(.minutes(1)))
struct ObjectStoreFaultTests {
  private static let pool = ThreadPool(name: "disk-test", threads: 2)

  @Test("what was written survives a power cut at any call, whole", arguments: 1...4)
  func powerCut(_ seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let whole = SimulatedFileSystem()
    _ = try await Self.fill(whole)
    for call in 0...whole.calls {
      let files = SimulatedFileSystem()
      files.set(.init(callsUntilPowerCut: call))
      let written = try await Self.fill(files)
      let next = files.afterPowerCut(&generator)
      let store = try await Self.open(next)
      for (key, content) in written {
        #expect(try await store.get(key, limit: 10_000) == content, "\(key) after a cut at call \(call)")
      }
      for key in try await store.list(below: "", page: nil, limit: 100).keys {
        let content = try await store.get(key, limit: 10_000)
        #expect(content.count == 1_500 && Set(content).count == 1, "\(key) after a cut at call \(call)")
      }
      #expect(try next.entries(of: "/disk/store/drafts").isEmpty)
    }
  }

  @Test("a full disk is answered by full, leaves no draft and what was there")
  func full() async throws {
    let files = SimulatedFileSystem()
    let store = try await Self.open(files)
    let key = try #require(ObjectKey("a/b"))
    try await store.put([1, 2, 3], at: key)
    files.set(.init(capacity: 100))
    let error = await #expect(throws: ObjectStoreError.self) {
      try await store.put([UInt8](repeating: 0, count: 1_000), at: key)
    }
    guard case .full = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try await store.get(key, limit: 10) == [1, 2, 3])
    #expect(try files.entries(of: "/disk/store/drafts").isEmpty)
  }

  @Test("a second process is refused by name, until the first one closes")
  func lock() async throws {
    let files = SimulatedFileSystem()
    let store = try await Self.open(files)
    let error = await #expect(throws: ObjectStoreError.self) { try await Self.open(files) }
    guard case .rejected(let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("/disk/store/lock"))
    await store.close()
  }

  @Test("deleting the last object removes the folders above it")
  func emptyFolders() async throws {
    let files = SimulatedFileSystem()
    let store = try await Self.open(files)
    let (first, second) = (try #require(ObjectKey("t/1/a")), try #require(ObjectKey("t/2/b")))
    try await store.put([1], at: first)
    try await store.put([2], at: second)
    try await store.delete(first)
    #expect(try files.entries(of: "/disk/store/objects/t").map(\.name) == ["2"])
    try await store.delete(second)
    #expect(try files.entries(of: "/disk/store/objects").isEmpty)
  }

  private static func open(_ files: SimulatedFileSystem) async throws(ObjectStoreError) -> DiskObjectStore {
    try await DiskObjectStore.open("/disk/store", files, pool: pool, identifiers: SeededIdentifiers())
  }

  /// Writes, replaces and writes once; whatever fails, fails.
  ///
  /// - Returns: What was acknowledged last of each key that no later, failed write was tried on.
  private static func fill(_ files: SimulatedFileSystem) async throws -> [ObjectKey: [UInt8]] {
    var written: [ObjectKey: [UInt8]] = [:]
    guard let store = try? await open(files) else { return written }
    for (number, text) in ["t/2026/a", "t/2026/b", "t/2026/a", "u", "t/2027/x/y"].enumerated() {
      let key = try #require(ObjectKey(text))
      let content = [UInt8](repeating: UInt8(number), count: 1_500)
      written[key] = nil
      do throws(ObjectStoreError) {
        if number % 2 == 0 {
          try await store.put(content, at: key)
        } else {
          try await store.putIfAbsent(content, at: key)
        }
        written[key] = content
      } catch {}
    }
    return written
  }
}
