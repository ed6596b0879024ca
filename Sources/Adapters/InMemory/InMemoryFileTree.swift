import Application
import Threads

/// The files of a machine, in memory, changed by a test as by programs that write logs. Paths are absolute; folders exist by
/// the files in them.
///
/// Outlives the `InMemoryLogFiles` on it, as a machine does its agent.
package final class InMemoryFileTree: Sendable {
  struct Node: Sendable {
    let identity: FileIdentity
    var content: [UInt8]
    var names: Int
    var unreadable: String?
  }

  enum Change: Sendable {
    case content(node: Int)
    case names
  }

  struct State: Sendable {
    /// Deleted ones stay: an open file can still be read.
    var nodes: [Node] = []
    /// Paths and the nodes that they lead to.
    var names: [String: Int] = [:]
    var freeInodes: [UInt64] = []
    var changes: [Change] = []
    var openFiles = 0
  }

  let change = Broadcast()
  private let state = Lock(State())
  private let reusesInodes: Bool

  /// - Parameter reusesInodes: Whether a new file gets the inode number of one that was deleted, as on ext4; its birth is
  ///   another.
  package init(reusesInodes: Bool = false) { self.reusesInodes = reusesInodes }

  /// Files that are open now, of all agents together.
  package var openFiles: Int { look { $0.openFiles } }

  /// What is at `path`; nil if nothing is.
  package func content(of path: String) -> [UInt8]? {
    look { state in state.names[path].map { state.nodes[$0].content } }
  }

  /// As `> path` does: an existing file keeps its identity.
  package func write(_ bytes: [UInt8], to path: String) {
    change { state in
      let node = node(at: path, &state)
      state.nodes[node].content = bytes
    }
  }

  /// As `>> path` does.
  package func append(_ bytes: [UInt8], to path: String) {
    change { state in
      let node = node(at: path, &state)
      state.nodes[node].content += bytes
    }
  }

  /// To a size below or above the present one; what is new is zero.
  package func truncate(_ path: String, to size: Int = 0) {
    change { state in
      let node = existing(path, state)
      let content = state.nodes[node].content
      state.nodes[node].content = content.prefix(size) + [UInt8](repeating: 0, count: max(0, size - content.count))
      state.changes.append(.content(node: node))
    }
  }

  /// Replaces what is at `target`.
  package func rename(_ path: String, to target: String) {
    change { state in
      let node = existing(path, state)
      if state.names[target] != nil { unlink(target, &state) }
      state.names[path] = nil
      state.names[target] = node
      state.changes.append(.names)
    }
  }

  package func remove(_ path: String) {
    change { state in
      _ = existing(path, state)
      unlink(path, &state)
      state.changes.append(.names)
    }
  }

  /// Gives a file a second name.
  package func link(_ path: String, to second: String) {
    change { state in
      let node = existing(path, state)
      precondition(state.names[second] == nil, "'\(second)' is there already")
      state.names[second] = node
      state.nodes[node].names += 1
      state.changes.append(.names)
    }
  }

  /// Takes the agent's right to read a file away; nil gives it back.
  package func makeUnreadable(_ path: String, reason: String?) {
    change { state in
      state.nodes[existing(path, state)].unreadable = reason
      state.changes.append(.names)
    }
  }

  func look<Result>(_ body: (State) -> Result) -> Result { state.withLock { body($0) } }

  func countOpenFile(_ difference: Int) { state.withLock { $0.openFiles += difference } }

  private func change(_ body: (inout State) -> Void) {
    state.withLock { body(&$0) }
    change.announce()
  }

  /// The file at `path`, made if it is not there; tells that its content changes.
  private func node(at path: String, _ state: inout State) -> Int {
    precondition(path.utf8.first == UInt8(ascii: "/"), "'\(path)' is not absolute")
    if let node = state.names[path] {
      state.changes.append(.content(node: node))
      return node
    }
    let node = state.nodes.count
    let inode = state.freeInodes.popLast() ?? UInt64(node + 1)
    let identity = FileIdentity(inode: inode, birth: Int64(node + 1))
    state.nodes.append(Node(identity: identity, content: [], names: 1))
    state.names[path] = node
    state.changes.append(.names)
    return node
  }

  private func existing(_ path: String, _ state: State) -> Int {
    guard let node = state.names[path] else { preconditionFailure("there is no file '\(path)'") }
    return node
  }

  private func unlink(_ path: String, _ state: inout State) {
    guard let node = state.names.removeValue(forKey: path) else { return }
    state.nodes[node].names -= 1
    if state.nodes[node].names == 0, reusesInodes { state.freeInodes.append(state.nodes[node].identity.inode) }
  }
}
