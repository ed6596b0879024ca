import Application
import LogFilesContract

@testable import DiskAdapter

/// A folder of real files on a machine that has no inotify instance left.
struct UnwatchedStage: LogFilesStage {
  let base: FolderStage

  var root: String { base.root }
  var lookInterval: Duration? { FolderWatch.unwatchedPeriod }

  func files(_ patterns: [String], excluding excluded: [String]) throws -> any LogFiles {
    let configuration = try DiskLogFilesConfiguration(patterns: patterns, excluding: excluded, in: root)
    return try DiskLogFiles(configuration, pool: FolderStage.pool, tree: LocalFileTree()) {
      () throws(FileError) in throw FileError(.watch, "inotify", code: 24)
    }
  }

  func append(_ bytes: [UInt8], to name: String) throws { try base.append(bytes, to: name) }
  func truncate(_ name: String, to size: Int) throws { try base.truncate(name, to: size) }
  func rename(_ name: String, to target: String) throws { try base.rename(name, to: target) }
  func remove(_ name: String) throws { try base.remove(name) }
  func link(_ name: String, to second: String) throws { try base.link(name, to: second) }
}
