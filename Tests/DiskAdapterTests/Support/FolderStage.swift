import Application
import Foundation
import Glibc
import LogFilesContract
import Testing
import Threads

@testable import DiskAdapter

/// A folder of real files.
struct FolderStage: LogFilesStage {
  static let pool = ThreadPool(name: "disk-test", threads: 2)

  let root: String

  /// - Parameter folder: There, and empty.
  init(_ folder: String) throws {
    root = try LocalFileTree().realPath(of: folder)
  }

  func files(_ patterns: [String], excluding excluded: [String]) throws -> any LogFiles {
    let configuration = try DiskLogFilesConfiguration(patterns: patterns, excluding: excluded, in: root)
    return try DiskLogFiles(configuration, pool: Self.pool)
  }

  func append(_ bytes: [UInt8], to name: String) throws {
    try makeFolders(of: name)
    let descriptor = unsafe Glibc.open(path(name), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    try #require(descriptor >= 0)
    defer { Glibc.close(descriptor) }
    if bytes.isEmpty { return }
    let written = unsafe Glibc.write(descriptor, bytes, bytes.count)
    try #require(written == bytes.count)
  }

  func truncate(_ name: String, to size: Int) throws {
    let status = unsafe Glibc.truncate(path(name), off_t(size))
    try #require(status == 0)
  }

  func rename(_ name: String, to target: String) throws {
    try makeFolders(of: target)
    let status = unsafe Glibc.rename(path(name), path(target))
    try #require(status == 0)
  }

  func remove(_ name: String) throws {
    let status = unsafe Glibc.unlink(path(name))
    try #require(status == 0)
  }

  func link(_ name: String, to second: String) throws {
    let status = unsafe Glibc.link(path(name), path(second))
    try #require(status == 0)
  }

  /// - Parameter target: Below the folder.
  func linkSymbolically(_ target: String, as name: String) throws {
    try makeFolders(of: name)
    let status = unsafe Glibc.symlink(path(target), path(name))
    try #require(status == 0)
  }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
  }

  private func makeFolders(of name: String) throws {
    guard let folder = FilePath.parent(of: path(name)), folder != root else { return }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }
}
