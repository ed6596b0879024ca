import Application
import Domain
import Testing

extension ObjectStorePromise {
  func checkLimit(_ store: some ObjectStore) async throws {
    let key = try key("object")
    try await store.put(sample(1, 100), at: key)
    #expect(try await store.get(key, limit: 100).count == 100)
    let isTooLarge = { (error: ObjectStoreError) in
      if case .tooLarge(key, bytes: 100, limit: 99) = error { true } else { false }
    }
    await expect("an object above the limit", isTooLarge) { _ = try await store.get(key, limit: 99) }
  }

  func checkRanges(_ store: some ObjectStore) async throws {
    let key = try key("folder/object")
    let bytes = sample(5, 100_000)
    try await store.put(bytes, at: key)
    for range in [0..<1, 0..<100_000, 99_999..<100_000, 12_345..<67_890] {
      #expect(try await store.get(key, range: range) == Array(bytes[range]))
    }
  }

  func checkBadRanges(_ store: some ObjectStore) async throws {
    let key = try key("folder/object")
    try await store.put(sample(5, 100), at: key)
    let isOutside = { (error: ObjectStoreError) in
      if case .rangeNotSatisfiable(key, size: 100) = error { true } else { false }
    }
    for range in [99..<101, 100..<101, 5_000..<6_000] {
      await expect("the range \(range) of 100 bytes", isOutside) { _ = try await store.get(key, range: range) }
    }
  }

  func checkEnds(_ store: some ObjectStore) async throws {
    let key = try key("folder/object")
    let bytes = sample(5, 100_000)
    try await store.put(bytes, at: key)
    for limit in [1, 16, 99_999, 100_000, 200_000] {
      let end = try await store.end(of: key, limit: limit)
      #expect(end == ObjectEnd(bytes: Array(bytes.suffix(limit)), size: bytes.count), "the last \(limit) bytes")
    }
    try await store.put([], at: key)
    #expect(try await store.end(of: key, limit: 10) == ObjectEnd(bytes: [], size: 0))
  }

  func checkListing(_ store: some ObjectStore) async throws {
    let keys = ["a/b/1", "a/b/2", "a/b/c/3", "a/bc/4", "a/5", "b/6", "7"]
    for text in keys { try await store.put([0], at: try key(text)) }
    let expected = [
      "": keys, "a": ["a/b/1", "a/b/2", "a/b/c/3", "a/bc/4", "a/5"], "a/b": ["a/b/1", "a/b/2", "a/b/c/3"],
      "a/b/c": ["a/b/c/3"], "b": ["b/6"], "c": [], "a/b/1": [], "7": [],
    ]
    for (prefix, below) in expected {
      let listing = try await store.list(below: prefix, page: nil, limit: 100)
      #expect(listing.keys.map(\.text).sorted() == below.sorted(), "below '\(prefix)'")
      #expect(listing.next == nil)
    }
  }

  func checkPages(_ store: some ObjectStore) async throws {
    var keys: [String] = []
    for folder in ["x", "x/y", "x-y", "x.y", "z"] {
      for number in 0..<7 { keys.append("t/\(folder)/\(number)-\(number % 2 == 0 ? "a" : "B").cwd") }
    }
    for text in keys { try await store.put([0], at: try key(text)) }
    for limit in [1, 4, 35, 36] {
      var found: [String] = []
      var page: String?
      repeat {
        let listing = try await store.list(below: "t", page: page, limit: limit)
        #expect(listing.keys.count <= limit)
        found += listing.keys.map(\.text)
        page = listing.next
      } while page != nil && found.count <= 2 * keys.count
      #expect(found.sorted() == keys.sorted(), "in pages of \(limit)")
    }
  }
}
