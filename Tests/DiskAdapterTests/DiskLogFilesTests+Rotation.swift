import Application
import Glibc
import LogFilesContract
import Testing

@testable import DiskAdapter

extension DiskLogFilesTests {
  @Test("copy and truncate: the file stays what it is, the copy is another")
  func copyTruncate() async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      try stage.append([1, 2, 3], to: "a.log")
      let files = try await stage.files("a.log*")
      let before = try #require(try await files.find(known: []).files.first)
      try stage.append([1, 2, 3], to: "a.log.1")
      try stage.truncate("a.log", to: 0)
      try stage.append([4], to: "a.log")
      let after = try await files.find(known: [before.identity]).files
      #expect(after.map(\.size) == [1, 3])
      #expect(after.first?.identity == before.identity)
      #expect(after.last?.identity != before.identity)
    }
  }

  @Test("a file that gets the inode of a deleted one is another file")
  func reusedInode() async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      let files = try await stage.files("*.log")
      var seen: Set<FileIdentity> = []
      for round in 0..<20 {
        try stage.append([1], to: "a.log")
        let found = try #require(try await files.find(known: []).files.first)
        // Where no time of birth is kept, the number alone tells nothing: DiskLogFiles cannot do better.
        if found.identity.birth != 0 { #expect(!seen.contains(found.identity), "round \(round)") }
        seen.insert(found.identity)
        try stage.remove("a.log")
      }
    }
  }

  @Test("a folder that comes later, and one in it, are watched")
  func newFolders() async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      let files = try await stage.files("apps/**/*.log")
      #expect(try await files.find(known: []).files.isEmpty)
      for name in ["apps/x.txt", "apps/a/b/c.log", "apps/a/b/d/e.log"] {
        try stage.append([1], to: name)
        try await Self.awaitAnything(files)
        _ = try await files.find(known: [])
      }
      #expect(try await files.find(known: []).files.count == 2)
      try await Self.settle(files)
      try stage.append([2], to: "apps/a/b/d/e.log")
      #expect(try await files.changes(within: .seconds(20)) == .contents([stage.path("apps/a/b/d/e.log")]))
    }
  }

  @Test("names that no pattern matches, and changes of their files, are not told")
  func unrelated() async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      try stage.append([1], to: "a.log")
      let files = try await stage.files("*.log")
      _ = try await files.find(known: [])
      try stage.append([1], to: "b.txt")
      try stage.append([1], to: "b.txt")
      try stage.rename("b.txt", to: "c.txt")
      try stage.makeFolder("sub.txt")
      try stage.remove("c.txt")
      #expect(try await files.changes(within: .milliseconds(50)) == .nothing)
    }
  }

  @Test("a folder that is moved away and made anew goes on being followed")
  func movedFolder() async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      try stage.append([1], to: "logs/a.log")
      let files = try await stage.files("logs/*.log")
      let before = try #require(try await files.find(known: []).files.first)
      try stage.rename("logs", to: "old")
      try await Self.awaitAnything(files)
      #expect(try await files.find(known: [before.identity]).files.isEmpty)
      try stage.append([2], to: "logs/a.log")
      try await Self.awaitAnything(files)
      #expect(try await files.find(known: [before.identity]).files.count == 1)
    }
  }

  /// Looks until what happened so far has been told, also what was held back.
  static func settle(_ files: any LogFiles) async throws {
    while try await files.changes(within: .milliseconds(50)) != .nothing { _ = try await files.find(known: []) }
  }

  static func awaitAnything(_ files: any LogFiles) async throws {
    while true {
      switch try await files.changes(within: .seconds(20)) {
      case .anything: return
      case .contents: continue
      case .nothing:
        Issue.record("nothing was told")
        return
      }
    }
  }
}
