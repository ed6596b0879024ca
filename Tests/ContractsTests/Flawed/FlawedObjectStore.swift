import Application
import Domain
import ObjectStoreContract

/// A store in memory that breaks one promise, or none.
actor FlawedObjectStore: ObjectStore {
  private let flaw: ObjectStorePromise?
  private var objects: [ObjectKey: [UInt8]] = [:]

  init(breaking flaw: ObjectStorePromise?) { self.flaw = flaw }

  func put(_ bytes: [UInt8], at key: ObjectKey) async throws(ObjectStoreError) {
    try checkCancellation()
    if flaw == .takesTheLongestKey, key.text.utf8.count > 255 { throw .rejected(reason: "") }
    if flaw == .readersNeverSeeHalfAnObject {
      objects[key] = Array(bytes.prefix(bytes.count / 2))
      try? await Task.sleep(for: .milliseconds(1))
    }
    let isCut = flaw == .keepsEmptyAndLargeObjects && bytes.count > 1_000_000
    let old = flaw == .putReplacesTheWholeObject ? objects[key] ?? [] : []
    objects[key] = (isCut ? [] : bytes) + old.dropFirst(bytes.count)
  }

  func putIfAbsent(_ bytes: [UInt8], at key: ObjectKey) async throws(ObjectStoreError) {
    try checkCancellation()
    let isTaken = objects[key] != nil
    if flaw == .onlyOneOfManyPutIfAbsentSucceeds { try? await Task.sleep(for: .milliseconds(1)) }
    if isTaken, flaw != .secondPutIfAbsentIsRefused, flaw != .onlyOneOfManyPutIfAbsentSucceeds {
      throw .alreadyExists(key)
    }
    objects[key] = flaw == .readsBackWhatWasWritten ? [] : bytes
  }

  func get(_ key: ObjectKey, limit: Int) async throws(ObjectStoreError) -> [UInt8] {
    try checkCancellation()
    let bytes = try object(key)
    if bytes.count > limit, flaw != .refusesObjectsAboveTheLimit {
      throw .tooLarge(key, bytes: bytes.count, limit: limit)
    }
    return bytes
  }

  func get(_ key: ObjectKey, range: Range<Int>) async throws(ObjectStoreError) -> [UInt8] {
    try checkCancellation()
    let bytes = try object(key)
    if range.upperBound > bytes.count {
      if flaw == .refusesRangesBeyondTheEnd { return Array(bytes.dropFirst(range.lowerBound)) }
      throw .rangeNotSatisfiable(key, size: bytes.count)
    }
    return Array(bytes[flaw == .readsRanges ? 0..<range.count : range])
  }

  func end(of key: ObjectKey, limit: Int) async throws(ObjectStoreError) -> ObjectEnd {
    try checkCancellation()
    let bytes = try object(key)
    let end = flaw == .readsEnds ? bytes.prefix(limit) : bytes.suffix(limit)
    return ObjectEnd(bytes: Array(end), size: bytes.count)
  }

  func list(below prefix: String, page: String?, limit: Int) async throws(ObjectStoreError) -> ObjectListing {
    try checkCancellation()
    // A prefix that is no folder shows too much.
    let start = prefix.isEmpty ? "" : flaw == .listsWhatIsBelowAFolder ? prefix : prefix + "/"
    let keys = objects.keys.filter { $0.text.hasPrefix(start) && $0.text > page ?? "" }.sorted { $0.text < $1.text }
    let shown = Array(keys.prefix(limit))
    let hasMore = keys.count > limit && flaw != .listsInPagesEachKeyOnce
    return ObjectListing(keys: shown, next: hasMore ? shown.last?.text : nil)
  }

  func delete(_ key: ObjectKey) async throws(ObjectStoreError) {
    try checkCancellation()
    if flaw == .deletedObjectsAreGone { return }
    if objects.removeValue(forKey: key) == nil, flaw == .deletingNothingIsNoError { throw .notFound(key) }
  }

  private func object(_ key: ObjectKey) throws(ObjectStoreError) -> [UInt8] {
    if let bytes = objects[key] { return bytes }
    if flaw == .absentKeyIsNotFound { return [] }
    throw .notFound(key)
  }

  private func checkCancellation() throws(ObjectStoreError) {
    if Task.isCancelled, flaw != .cancelledCallsSaySo { throw .cancelled }
  }
}
