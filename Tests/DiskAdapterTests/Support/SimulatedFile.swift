import Domain
import Glibc

@testable import DiskAdapter

/// An open file of a `SimulatedFileSystem`.
final class SimulatedFile: File {
  let path: String
  private let node: Int
  private let files: SimulatedFileSystem

  init(_ path: String, _ node: Int, _ files: SimulatedFileSystem) {
    self.path = path
    self.node = node
    self.files = files
  }

  func size() throws(FileError) -> Int { try files.look { $0.nodes[node]?.current.count ?? 0 } }

  func read(_ count: Int, at position: Int) throws(FileError) -> [UInt8] {
    try files.look { state throws(FileError) in
      if path.hasSuffix(".segment"), state.faults.unreadable.overlaps(position..<(position + count)) {
        throw FileError(.read, path, code: EIO)
      }
      let bytes = state.nodes[node]?.current ?? []
      return position < bytes.count ? Array(bytes[position..<min(position + count, bytes.count)]) : []
    }
  }

  func write(_ bytes: Span<UInt8>, at position: Int) throws(FileError) {
    let bytes = [UInt8](bytes)
    let isWhole = try files.change(.write, path) { state in
      let growth = max(position + bytes.count - (state.nodes[node]?.current.count ?? 0), 0)
      // As much as fits is written before the error, as by the kernel.
      let fitting = max(bytes.count - max(growth - max(state.faults.capacity - state.used, 0), 0), 0)
      let written = Array(bytes.prefix(fitting))
      state.nodes[node]?.current.replace(at: position, written[...])
      state.nodes[node]?.changes.append(.write(written, position: position))
      return fitting == bytes.count
    }
    if !isWhole { throw FileError(.write, path, code: ENOSPC) }
  }

  func sync() throws(FileError) {
    let works = try files.change(.sync, path) { state in
      state.faults.syncsUntilFailure -= 1
      if state.faults.syncsUntilFailure == -1 {
        state.faults.syncsUntilFailure = .max
        // The pages count as clean from now on: a later sync does not write them.
        state.nodes[node]?.changes = []
        return false
      }
      state.nodes[node]?.flush()
      return true
    }
    if !works { throw FileError(.sync, path, code: EIO) }
  }

  func truncate(to size: Int) throws(FileError) {
    try files.change(.truncate, path) { state throws(FileError) in
      if state.faults.failsTruncation { throw FileError(.truncate, path, code: EIO) }
      state.nodes[node]?.current.resize(size)
      state.nodes[node]?.changes.append(.truncate(size))
    }
  }

  func lock() throws(FileError) -> Bool {
    try files.look { state in
      if state.nodes[node]?.isLocked == true { return false }
      state.nodes[node]?.isLocked = true
      return true
    }
  }
}

extension SimulatedFileSystem.Node {
  /// Brings the changes since the last sync to the device, and nothing else.
  mutating func flush() {
    for change in changes {
      switch change {
      case .write(let bytes, let position): durable.replace(at: position, bytes[...])
      case .truncate(let size): durable.resize(size)
      }
    }
    changes = []
  }
}
