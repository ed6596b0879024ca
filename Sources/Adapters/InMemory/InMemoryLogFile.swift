import Application
import Threads

/// An open file of an `InMemoryFileTree`.
final class InMemoryLogFile: LogFile {
  let identity: FileIdentity
  private let tree: InMemoryFileTree
  private let node: Int
  private let path: String
  private let faults: FaultScript<InMemoryLogFiles.Operation, LogFilesError>
  private let isClosed = Lock(false)

  init(
    _ tree: InMemoryFileTree, node: Int, _ file: FoundFile,
    _ faults: FaultScript<InMemoryLogFiles.Operation, LogFilesError>
  ) {
    self.tree = tree
    self.node = node
    self.faults = faults
    identity = file.identity
    path = file.path
    tree.countOpenFile(1)
  }

  func status() throws(LogFilesError) -> FileStatus {
    try faults.perform(.status) { () throws(LogFilesError) in
      let node = try current()
      return FileStatus(size: UInt64(node.content.count), isDeleted: node.names == 0)
    }
  }

  func read(at offset: UInt64, limit: Int) throws(LogFilesError) -> [UInt8] {
    try faults.perform(.read) { () throws(LogFilesError) in
      let content = try current().content
      guard offset < UInt64(content.count) else { return [] }
      return Array(content[Int(offset)...].prefix(limit))
    }
  }

  func close() async {
    let closes = isClosed.withLock { isClosed in
      defer { isClosed = true }
      return !isClosed
    }
    if closes { tree.countOpenFile(-1) }
  }

  private func current() throws(LogFilesError) -> InMemoryFileTree.Node {
    if isClosed.withLock({ $0 }) { throw .unreadable(path: path, reason: "it was closed") }
    return tree.look { $0.nodes[node] }
  }
}
