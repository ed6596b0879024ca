import Glibc
import Threads

@testable import DiskAdapter

/// A file system in memory that forgets what was not synced, fails when told to, and whose power can be cut at any call.
///
/// As strict as POSIX allows: a file's name is durable only once its folder is synced, and of writes that were not synced any
/// sectors may survive.
final class SimulatedFileSystem: FileSystem {
  /// What goes wrong.
  struct Faults: Sendable {
    /// Calls that change something until the power is cut: those after it fail and do nothing.
    var callsUntilPowerCut = Int.max
    /// Bytes that all files together may have.
    var capacity = Int.max
    /// Syncs of files until one fails, once.
    var syncsUntilFailure = Int.max
    /// After a failed sync the data is lost but still readable, as with Linux's page cache.
    var failsTruncation = false
    var failsRemovals = false
    /// Bytes of segments that the device does not give back.
    var unreadable: Range<Int> = 0..<0
  }

  struct Node: Sendable {
    var durable: [UInt8] = []
    var current: [UInt8] = []
    var changes: [Change] = []
    var isLocked = false
  }

  /// What was done to a file since its last sync.
  enum Change: Sendable {
    case write([UInt8], position: Int)
    case truncate(Int)
  }

  struct State: Sendable {
    var nodes: [Int: Node] = [:]
    var names: [String: Int] = [:]
    var durableNames: [String: Int] = [:]
    var folders: Set<String> = ["/disk"]
    var durableFolders: Set<String> = ["/disk"]
    var nextNode = 1
    var faults = Faults()
    /// Calls that changed something, so far.
    var calls = 0

    var used: Int { nodes.values.reduce(0) { $0 + $1.current.count } }
  }

  static let sectorBytes = 512

  private let state: Lock<State>

  init(_ state: State = State()) { self.state = Lock(state) }

  var calls: Int { state.withLock { $0.calls } }

  func set(_ faults: Faults) { state.withLock { $0.faults = faults } }

  /// The bytes of a file, and a way to damage them.
  func withContent(of path: String, _ body: @Sendable (inout [UInt8]) -> Void) {
    state.withLock { state in
      guard let node = state.names[path] else { return }
      var content = state.nodes[node]?.current ?? []
      body(&content)
      state.nodes[node]?.current = content
      state.nodes[node]?.durable = content
      state.nodes[node]?.changes = []
    }
  }

  /// What the next process finds: everything that was written (a killed process), without faults and locks.
  func afterKill() -> SimulatedFileSystem {
    var next = state.withLock { $0 }
    next.faults = Faults()
    for node in next.nodes.keys { next.nodes[node]?.isLocked = false }
    return SimulatedFileSystem(next)
  }

  /// What the next process finds after the power was cut.
  func afterPowerCut(_ generator: inout SeededGenerator) -> SimulatedFileSystem {
    let before = state.withLock { $0 }
    var next = State()
    next.nextNode = before.nextNode
    next.folders = before.durableFolders.union(before.folders.filter { _ in Bool.random(using: &generator) })
    next.folders = next.folders.filter { next.folders.contains(FilePath.parent(of: $0) ?? "") || $0 == "/disk" }
    for path in Set(before.names.keys).union(before.durableNames.keys).sorted() {
      let survives = Bool.random(using: &generator)
      guard let node = survives ? before.names[path] : before.durableNames[path],
        next.folders.contains(FilePath.parent(of: path) ?? "")
      else { continue }
      next.names[path] = node
      if next.nodes[node] == nil, let content = before.nodes[node] {
        let survivor = Self.survivor(of: content, &generator)
        next.nodes[node] = Node(durable: survivor, current: survivor)
      }
    }
    (next.durableNames, next.durableFolders) = (next.names, next.folders)
    return SimulatedFileSystem(next)
  }

  private static func survivor(of node: Node, _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = node.durable
    for change in node.changes {
      switch change {
      case .truncate(let size): if Bool.random(using: &generator) { bytes.resize(size) }
      case .write(let written, let position):
        var start = 0
        while start < written.count {
          let end = min(start + sectorBytes - (position + start) % sectorBytes, written.count)
          if Bool.random(using: &generator) { bytes.replace(at: position + start, written[start..<end]) }
          start = end
        }
      }
    }
    return bytes
  }

  /// Runs something that changes the file system, if the power is on.
  func change<Value>(
    _ operation: FileOperation, _ path: String, _ body: (inout State) throws(FileError) -> Value
  ) throws(FileError) -> Value {
    try state.withLock { state throws(FileError) in
      state.calls += 1
      guard state.calls <= state.faults.callsUntilPowerCut else { throw FileError(operation, path, code: EIO) }
      return try body(&state)
    }
  }

  func look<Value>(_ body: (inout State) throws(FileError) -> Value) throws(FileError) -> Value {
    try state.withLock(body)
  }

  func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    let found = try look { state throws(FileError) in
      if state.folders.contains(path) { throw FileError(.open, path, code: EISDIR) }
      return state.names[path]
    }
    switch (found, mode) {
    case (nil, .read), (nil, .update): throw FileError(.open, path, code: ENOENT)
    case (let node?, .read), (let node?, .update), (let node?, .create): return SimulatedFile(path, node, self)
    case (let node?, .replace):
      try change(.open, path) { state throws(FileError) in
        state.nodes[node]?.current = []
        state.nodes[node]?.changes.append(.truncate(0))
      }
      return SimulatedFile(path, node, self)
    case (nil, .create), (nil, .replace):
      let node = try change(.open, path) { state throws(FileError) in
        try state.requireParent(of: path, .open)
        defer { state.nextNode += 1 }
        state.nodes[state.nextNode] = Node()
        state.names[path] = state.nextNode
        return state.nextNode
      }
      return SimulatedFile(path, node, self)
    }
  }

  func makeFolder(_ path: String) throws(FileError) {
    try change(.makeFolder, path) { state throws(FileError) in
      if state.folders.contains(path) || state.names[path] != nil { throw FileError(.makeFolder, path, code: EEXIST) }
      try state.requireParent(of: path, .makeFolder)
      state.folders.insert(path)
    }
  }

  func entries(of folder: String) throws(FileError) -> [FolderEntry] {
    try look { state throws(FileError) in
      guard state.folders.contains(folder) else { throw FileError(.listFolder, folder, code: ENOENT) }
      let files = state.names.keys.filter { FilePath.parent(of: $0) == folder }
      let folders = state.folders.filter { FilePath.parent(of: $0) == folder }
      return files.map { FolderEntry(name: String($0.dropFirst(folder.count + 1)), isFolder: false) }
        + folders.map { FolderEntry(name: String($0.dropFirst(folder.count + 1)), isFolder: true) }
    }
  }

  func rename(_ source: String, to target: String) throws(FileError) {
    try change(.rename, target) { state throws(FileError) in
      guard let node = state.names[source] else { throw FileError(.rename, source, code: ENOENT) }
      try state.requireParent(of: target, .rename)
      state.names[source] = nil
      state.names[target] = node
    }
  }

  func link(_ source: String, to target: String) throws(FileError) {
    try change(.link, target) { state throws(FileError) in
      guard let node = state.names[source] else { throw FileError(.link, source, code: ENOENT) }
      try state.requireParent(of: target, .link)
      if state.names[target] != nil { throw FileError(.link, target, code: EEXIST) }
      state.names[target] = node
    }
  }

  func remove(_ path: String) throws(FileError) {
    try change(.remove, path) { state throws(FileError) in
      if state.faults.failsRemovals { throw FileError(.remove, path, code: EIO) }
      if state.folders.contains(path) {
        let isUsed =
          state.folders.contains { FilePath.parent(of: $0) == path }
          || state.names.keys.contains { FilePath.parent(of: $0) == path }
        if isUsed { throw FileError(.remove, path, code: ENOTEMPTY) }
        state.folders.remove(path)
      } else if state.names.removeValue(forKey: path) == nil {
        throw FileError(.remove, path, code: ENOENT)
      }
    }
  }

  func syncFolder(_ path: String) throws(FileError) {
    try change(.syncFolder, path) { state throws(FileError) in
      guard state.folders.contains(path) || path == "/" else { throw FileError(.syncFolder, path, code: ENOENT) }
      state.durableNames = state.durableNames.filter { FilePath.parent(of: $0.key) != path }
      for (name, node) in state.names where FilePath.parent(of: name) == path { state.durableNames[name] = node }
      state.durableFolders = state.durableFolders.filter { FilePath.parent(of: $0) != path }
      for folder in state.folders where FilePath.parent(of: folder) == path { state.durableFolders.insert(folder) }
      state.durableFolders.insert("/disk")
    }
  }
}

extension SimulatedFileSystem.State {
  fileprivate func requireParent(of path: String, _ operation: FileOperation) throws(FileError) {
    let parent = FilePath.parent(of: path) ?? ""
    if names[parent] != nil { throw FileError(operation, path, code: ENOTDIR) }
    guard folders.contains(parent) else { throw FileError(operation, path, code: ENOENT) }
  }
}

extension [UInt8] {
  mutating func resize(_ size: Int) {
    if size < count { removeLast(count - size) } else { append(contentsOf: [UInt8](repeating: 0, count: size - count)) }
  }

  mutating func replace(at position: Int, _ bytes: ArraySlice<UInt8>) {
    if count < position + bytes.count { resize(position + bytes.count) }
    replaceSubrange(position..<(position + bytes.count), with: bytes)
  }
}
