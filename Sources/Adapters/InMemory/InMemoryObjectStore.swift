package import Application
package import Domain

/// Objects in a dictionary.
package actor InMemoryObjectStore: ObjectStore {
  package enum Operation: Hashable, Sendable { case put, putIfAbsent, get, getRange, end, list, delete }

  /// Nonisolated: a test scripts faults without waiting.
  package nonisolated let faults = FaultScript<Operation, ObjectStoreError>(whenCancelled: .cancelled)
  private var objects: [ObjectKey: [UInt8]] = [:]

  package init() {}

  /// Every key, in bytewise order.
  package var keys: [ObjectKey] { objects.keys.sorted() }

  package func put(_ bytes: [UInt8], at key: ObjectKey) throws(ObjectStoreError) {
    try faults.perform(.put) { () throws(ObjectStoreError) in objects[key] = bytes }
  }

  package func putIfAbsent(_ bytes: [UInt8], at key: ObjectKey) throws(ObjectStoreError) {
    try faults.perform(.putIfAbsent) { () throws(ObjectStoreError) in
      guard objects[key] == nil else { throw .alreadyExists(key) }
      objects[key] = bytes
    }
  }

  package func get(_ key: ObjectKey, limit: Int) throws(ObjectStoreError) -> [UInt8] {
    try faults.perform(.get) { () throws(ObjectStoreError) in
      guard let bytes = objects[key] else { throw .notFound(key) }
      guard bytes.count <= limit else { throw .tooLarge(key, bytes: bytes.count, limit: limit) }
      return bytes
    }
  }

  package func get(_ key: ObjectKey, range: Range<Int>) throws(ObjectStoreError) -> [UInt8] {
    try faults.perform(.getRange) { () throws(ObjectStoreError) in
      guard let bytes = objects[key] else { throw .notFound(key) }
      guard range.lowerBound >= 0, range.upperBound <= bytes.count else {
        throw .rangeNotSatisfiable(key, size: bytes.count)
      }
      return Array(bytes[range])
    }
  }

  package func end(of key: ObjectKey, limit: Int) throws(ObjectStoreError) -> ObjectEnd {
    try faults.perform(.end) { () throws(ObjectStoreError) in
      guard let bytes = objects[key] else { throw .notFound(key) }
      return ObjectEnd(bytes: Array(bytes.suffix(limit)), size: bytes.count)
    }
  }

  package func list(below prefix: String, page: String?, limit: Int) throws(ObjectStoreError) -> ObjectListing {
    try faults.perform(.list) { () throws(ObjectStoreError) in
      let folder = prefix.isEmpty ? "" : prefix + "/"
      let below = objects.keys.filter { key in
        key.text.utf8.starts(with: folder.utf8)
          && page.map { $0.utf8.lexicographicallyPrecedes(key.text.utf8) } ?? true
      }
      let keys = Array(below.sorted().prefix(max(limit, 1)))
      return ObjectListing(keys: keys, next: keys.count < below.count ? keys.last?.text : nil)
    }
  }

  package func delete(_ key: ObjectKey) throws(ObjectStoreError) {
    try faults.perform(.delete) { () throws(ObjectStoreError) in objects[key] = nil }
  }
}
