package import Application
package import Domain
package import Threads

/// Objects as files below a folder. `README.md` in this adapter's folder has the layout.
///
/// A write goes to a draft in the same file system, is synced, gets its name by a rename (or a link, where it must not
/// replace anything), and the folder is synced. One process has the folder at a time.
package final class DiskObjectStore: ObjectStore {
  private let folder: ObjectFolder
  private let pool: ThreadPool
  private let lock: Lock<FolderLock?>

  /// Opens the store, made if it is missing, and removes drafts that a crash left.
  ///
  /// - Parameters:
  ///   - folder: Nothing else belongs in it.
  ///   - pool: Runs every call that blocks.
  ///   - identifiers: Name the drafts.
  /// - Throws: `.rejected` if another process has the folder, or it cannot be used.
  package static func open(
    _ folder: String, pool: ThreadPool, identifiers: any Identifiers, telemetry: any Telemetry
  ) async throws(ObjectStoreError) -> DiskObjectStore {
    let files = WatchedFileSystem(base: LocalFileSystem(), port: .objectStore, telemetry: telemetry)
    return try await open(folder, files, pool: pool, identifiers: identifiers)
  }

  static func open(
    _ folder: String, _ files: any FileSystem, pool: ThreadPool, identifiers: any Identifiers
  ) async throws(ObjectStoreError) -> DiskObjectStore {
    try await pool.run { () throws(ObjectStoreError) in try DiskObjectStore(folder, files, pool, identifiers) }
  }

  private init(
    _ path: String, _ files: any FileSystem, _ pool: ThreadPool, _ identifiers: any Identifiers
  ) throws(ObjectStoreError) {
    self.pool = pool
    let lock: FolderLock?
    do throws(FileError) {
      try files.makeFolders(path)
      lock = try FolderLock(path, files)
    } catch {
      throw ObjectStoreError(error, nil)
    }
    guard let lock else { throw .rejected(reason: FolderLock.explanation(path)) }
    self.lock = Lock(lock)
    do throws(FileError) { folder = try ObjectFolder(path, files, identifiers) } catch {
      throw ObjectStoreError(error, nil)
    }
  }

  /// A store that is looked at and left as it is, whether it is there or not: every write is refused. The caller holds the
  /// data folder.
  ///
  /// - Parameter identifiers: Never asked for any.
  package init(asItIs folder: String, pool: ThreadPool, identifiers: any Identifiers) {
    self.folder = ObjectFolder(asItIs: folder, UnchangingFileSystem(), identifiers)
    self.pool = pool
    lock = Lock(nil)
  }

  package func put(_ bytes: [UInt8], at key: ObjectKey) async throws(ObjectStoreError) {
    try await run(key) { folder throws(FileError) in try folder.write(bytes, at: key, replaces: true) }
  }

  package func putIfAbsent(_ bytes: [UInt8], at key: ObjectKey) async throws(ObjectStoreError) {
    try await run(key) { folder throws(FileError) in try folder.write(bytes, at: key, replaces: false) }
  }

  package func get(_ key: ObjectKey, limit: Int) async throws(ObjectStoreError) -> [UInt8] {
    let found = try await read(key) { folder throws(FileError) in
      let file = try folder.open(key)
      let size = try file.size()
      return (size, size <= limit ? try file.read(size, at: 0) : [])
    }
    if found.0 > limit { throw .tooLarge(key, bytes: found.0, limit: limit) }
    return found.1
  }

  package func get(_ key: ObjectKey, range: Range<Int>) async throws(ObjectStoreError) -> [UInt8] {
    let found = try await read(key) { folder throws(FileError) in
      let file = try folder.open(key)
      let size = try file.size()
      return (size, range.upperBound <= size ? try file.read(range.count, at: range.lowerBound) : [])
    }
    if range.upperBound > found.0 { throw .rangeNotSatisfiable(key, size: found.0) }
    return found.1
  }

  package func end(of key: ObjectKey, limit: Int) async throws(ObjectStoreError) -> ObjectEnd {
    try await read(key) { folder throws(FileError) in
      let file = try folder.open(key)
      let size = try file.size()
      let count = min(size, limit)
      return ObjectEnd(bytes: count > 0 ? try file.read(count, at: size - count) : [], size: size)
    }
  }

  package func list(below prefix: String, page: String?, limit: Int) async throws(ObjectStoreError) -> ObjectListing {
    let last = page.flatMap { ObjectKey($0) }
    guard prefix.isEmpty || ObjectKey(prefix) != nil, page == nil || last != nil else {
      throw .rejected(reason: "'\(prefix)' is no folder of keys, or '\(page ?? "")' no page of its listing")
    }
    // One more than asked for shows whether there is a further page.
    let keys = try await run(nil) { folder throws(FileError) in
      try folder.keys(below: prefix, behind: last, limit: limit + 1)
    }
    let shown = Array(keys.prefix(limit))
    return ObjectListing(keys: shown, next: keys.count > limit ? shown.last?.text : nil)
  }

  package func delete(_ key: ObjectKey) async throws(ObjectStoreError) {
    try await run(key) { folder throws(FileError) in try folder.remove(key) }
  }

  /// Frees the folder for another process.
  package func close() async { lock.withLock { $0 = nil } }

  /// A name that cannot be a path here, or that goes through another object, has no object.
  private func read<Value: Sendable>(
    _ key: ObjectKey, _ body: @Sendable (ObjectFolder) throws(FileError) -> Value?
  ) async throws(ObjectStoreError) -> Value {
    let found: Value? = try await run(key) { folder throws(FileError) in
      do throws(FileError) { return try body(folder) } catch {
        if error.kind == .unsuitableName { return nil }
        throw error
      }
    }
    guard let found else { throw .notFound(key) }
    return found
  }

  private func run<Value: Sendable>(
    _ key: ObjectKey?, _ body: @Sendable (ObjectFolder) throws(FileError) -> Value
  ) async throws(ObjectStoreError) -> Value {
    if Task.isCancelled { throw .cancelled }
    let folder = folder
    do throws(FileError) {
      return try await pool.run { () throws(FileError) in try body(folder) }
    } catch {
      throw ObjectStoreError(error, key)
    }
  }
}
