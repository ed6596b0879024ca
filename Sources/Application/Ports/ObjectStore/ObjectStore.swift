package import Domain

/// Where chunks live: immutable objects by key.
package protocol ObjectStore: Sendable {
  /// Writes `bytes` under `key`, replacing what is there.
  ///
  /// Atomic and durable: a reader finds the whole object or what was there before; on return it survives a crash.
  ///
  /// - Throws: `.unavailable` if no answer came in time, in which case the write may still have happened.
  func put(_ bytes: [UInt8], at key: ObjectKey) async throws(ObjectStoreError)

  /// Writes `bytes` under `key` unless there is an object already.
  ///
  /// - Throws: `.alreadyExists` if the key is taken: the bytes there are left alone. Stores that cannot tell say so in
  ///   their adapter's documentation; safety never rests on this call.
  func putIfAbsent(_ bytes: [UInt8], at key: ObjectKey) async throws(ObjectStoreError)

  /// The whole object.
  ///
  /// - Parameter limit: Refuse an object of more bytes, before reading it.
  /// - Throws: `.notFound`; `.tooLarge`.
  func get(_ key: ObjectKey, limit: Int) async throws(ObjectStoreError) -> [UInt8]

  /// Some bytes of the object.
  ///
  /// - Parameter range: Within the object, not empty.
  /// - Throws: `.notFound`; `.rangeNotSatisfiable` if the object ends before the range does.
  func get(_ key: ObjectKey, range: Range<Int>) async throws(ObjectStoreError) -> [UInt8]

  /// The last bytes of the object, and how many it has: one request to learn where an object's footer lies.
  ///
  /// - Parameter limit: At most so many bytes, at least 1; a smaller object comes as a whole.
  /// - Throws: `.notFound`.
  func end(of key: ObjectKey, limit: Int) async throws(ObjectStoreError) -> ObjectEnd

  /// Keys below a prefix, in bytewise order or not, each once.
  ///
  /// - Parameters:
  ///   - prefix: A folder, as in `tenant/2026`: the keys that begin with it and a `/`. Empty: all.
  ///   - page: Nil for the first page, then what the page before gave as `next`.
  ///   - limit: At most so many keys a page.
  func list(below prefix: String, page: String?, limit: Int) async throws(ObjectStoreError) -> ObjectListing

  /// Deletes the object; nothing happens if there is none.
  func delete(_ key: ObjectKey) async throws(ObjectStoreError)
}
