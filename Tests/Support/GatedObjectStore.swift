import Application
import Domain
import InMemoryAdapter

/// A store that takes objects only while its gate is open.
struct GatedObjectStore: ObjectStore {
  let base = InMemoryObjectStore()
  let gate = Gate()

  func put(_ bytes: [UInt8], at key: ObjectKey) async throws(ObjectStoreError) {
    await gate.pass()
    try await base.put(bytes, at: key)
  }

  func putIfAbsent(_ bytes: [UInt8], at key: ObjectKey) async throws(ObjectStoreError) {
    await gate.pass()
    try await base.putIfAbsent(bytes, at: key)
  }

  func get(_ key: ObjectKey, limit: Int) async throws(ObjectStoreError) -> [UInt8] {
    try await base.get(key, limit: limit)
  }

  func get(_ key: ObjectKey, range: Range<Int>) async throws(ObjectStoreError) -> [UInt8] {
    try await base.get(key, range: range)
  }

  func end(of key: ObjectKey, limit: Int) async throws(ObjectStoreError) -> ObjectEnd {
    try await base.end(of: key, limit: limit)
  }

  func list(below prefix: String, page: String?, limit: Int) async throws(ObjectStoreError) -> ObjectListing {
    try await base.list(below: prefix, page: page, limit: limit)
  }

  func delete(_ key: ObjectKey) async throws(ObjectStoreError) { try await base.delete(key) }
}
