import Application
import Domain

/// The store's folder, and what is done in it: `objects/` with a file a key, `drafts/` with files being written. Every call
/// blocks.
struct ObjectFolder: Sendable {
  /// How often a write makes its folder anew when a delete took it away in between.
  private static let attempts = 8

  private let path: String
  private let files: any FileSystem
  private let identifiers: any Identifiers

  private var objects: String { path + "/objects" }
  private var drafts: String { path + "/drafts" }

  /// Makes the folders, and removes what a crash left of unfinished writes: the caller holds the folder's lock.
  init(_ path: String, _ files: any FileSystem, _ identifiers: any Identifiers) throws(FileError) {
    self.path = path
    self.files = files
    self.identifiers = identifiers
    try files.makeFolders(objects)
    try files.makeFolders(drafts)
    for entry in try files.entries(of: drafts) { try files.remove(drafts + "/" + entry.name) }
  }

  /// The folders as they are, whether they are there or not.
  init(asItIs path: String, _ files: UnchangingFileSystem, _ identifiers: any Identifiers) {
    self.path = path
    self.files = files
    self.identifiers = identifiers
  }

  /// - Parameter replaces: Takes the place of what is there; else throws `.exists`.
  func write(_ bytes: [UInt8], at key: ObjectKey, replaces: Bool) throws(FileError) {
    let draft = drafts + "/" + identifiers.next().description
    let target = file(key)
    do throws(FileError) {
      let file = try files.open(draft, .replace)
      try file.write(bytes.span, at: 0)
      try file.sync()
      try name(draft, target, replaces)
    } catch {
      // What cannot be removed now is removed when the store is opened next.
      do throws(FileError) { try files.remove(draft) } catch {}
      throw error
    }
    if !replaces { try files.remove(draft) }
    try files.syncFolder(FilePath.parent(of: target) ?? objects)
  }

  func open(_ key: ObjectKey) throws(FileError) -> any File { try files.open(file(key), .read) }

  /// Also removes the folders above it that are empty then.
  func remove(_ key: ObjectKey) throws(FileError) {
    let target = file(key)
    do throws(FileError) {
      try files.remove(target)
    } catch {
      // Absent, or a name that no object can have.
      if error.kind == .notFound || error.kind == .unsuitableName { return }
      throw error
    }
    var parent = FilePath.parent(of: target)
    if let parent { try files.syncFolder(parent) }
    while let folder = parent, folder != objects {
      // Refused while there is something in it.
      do throws(FileError) { try files.remove(folder) } catch { return }
      parent = FilePath.parent(of: folder)
    }
  }

  /// Keys in the order of a walk through the sorted folders, behind `last`.
  func keys(below prefix: String, behind last: ObjectKey?, limit: Int) throws(FileError) -> [ObjectKey] {
    var keys: [ObjectKey] = []
    let resume = last.map { $0.text.split(separator: "/").map(String.init) } ?? []
    let segments = prefix.split(separator: "/").map(String.init)
    try collect(
      segments, resume.starts(with: segments) ? Array(resume.dropFirst(segments.count)) : [], limit, into: &keys)
    return keys
  }

  private func file(_ key: ObjectKey) -> String { objects + "/" + key.text }

  private func name(_ draft: String, _ target: String, _ replaces: Bool) throws(FileError) {
    for attempt in 1... {
      do throws(FileError) {
        if replaces { return try files.rename(draft, to: target) }
        return try files.link(draft, to: target)
      } catch {
        guard error.kind == .notFound, attempt <= Self.attempts else { throw error }
        try files.makeFolders(FilePath.parent(of: target) ?? objects)
      }
    }
  }

  /// - Parameter resume: The rest of the path of the last key that is not wanted any more; empty to take everything.
  private func collect(
    _ segments: [String], _ resume: [String], _ limit: Int, into keys: inout [ObjectKey]
  ) throws(FileError) {
    let folder = ([objects] + segments).joined(separator: "/")
    let entries: [FolderEntry]
    do throws(FileError) {
      entries = try files.entries(of: folder).sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    } catch {
      // Nothing below the prefix, an object instead of a folder, or a delete that emptied the folder just now.
      if error.kind == .notFound || error.kind == .unsuitableName { return }
      throw error
    }
    for entry in entries where keys.count < limit {
      let isOnTheWay = entry.name == resume.first
      if let first = resume.first, !isOnTheWay, entry.name.utf8.lexicographicallyPrecedes(first.utf8) { continue }
      if entry.isFolder {
        try collect(segments + [entry.name], isOnTheWay ? Array(resume.dropFirst()) : [], limit, into: &keys)
      } else if !isOnTheWay || resume.count > 1, let key = ObjectKey((segments + [entry.name]).joined(separator: "/")) {
        keys.append(key)
      }
    }
  }
}
