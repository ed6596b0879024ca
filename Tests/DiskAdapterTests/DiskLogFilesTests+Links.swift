import Application
import LogFilesContract
import Testing

@testable import DiskAdapter

extension DiskLogFilesTests {
  @Test("a link to a file is followed, told by its own path, and changes of the file are told")
  func link() async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      try stage.append([1], to: "pods/a/0.log")
      try stage.linkSymbolically("pods/a/0.log", as: "containers/a.log")
      let files = try await stage.files("containers/*.log")
      let found = try #require(try await files.find(known: []).files.first)
      #expect(found.path == stage.path("containers/a.log"))
      #expect(found.isMatched)
      try stage.append([2], to: "pods/a/0.log")
      #expect(try await files.changes(within: .seconds(20)) == .contents([found.path]))
      let open = try await files.open(found)
      #expect(try await open.read(at: 0, limit: 10) == [1, 2])
      await open.close()
    }
  }

  @Test("the file behind a link is rotated by rename: both are found, the old one in its own folder")
  func rotationBehindLink() async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      try stage.append([1], to: "pods/a/0.log")
      try stage.linkSymbolically("pods/a/0.log", as: "containers/a.log")
      let files = try await stage.files("containers/*.log")
      let old = try #require(try await files.find(known: []).files.first)
      try stage.rename("pods/a/0.log", to: "pods/a/0.log.20260101")
      #expect(try await files.changes(within: .seconds(20)) == .anything)
      try stage.append([2], to: "pods/a/0.log")
      let found = try await files.find(known: [old.identity]).files
      #expect(found.map(\.path) == ["containers/a.log", "pods/a/0.log.20260101"].map(stage.path))
      #expect(found.map(\.isMatched) == [true, false])
      #expect(found.last?.identity == old.identity)
      try await Self.settle(files)
      try stage.append([3], to: "pods/a/0.log")
      #expect(try await files.changes(within: .seconds(20)) == .contents([stage.path("containers/a.log")]))
    }
  }

  @Test("one file by two patterns, one through a link, is found once")
  func twoWays() async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      try stage.append([1], to: "pods/a/0.log")
      try stage.linkSymbolically("pods/a/0.log", as: "containers/a.log")
      let found = try await stage.files("pods/**/*.log", "containers/*.log").find(known: []).files
      #expect(found.map(\.path) == [stage.path("containers/a.log")])
    }
  }

  @Test("links to folders are followed by name, not by **; loops do no harm")
  func foldersBehindLinks() async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      try stage.append([1], to: "real/a.log")
      try stage.linkSymbolically("real", as: "link")
      try stage.linkSymbolically("", as: "real/loop")
      #expect(try await stage.files("l*/*.log").find(known: []).files.map(\.path) == [stage.path("link/a.log")])
      #expect(try await stage.files("**/*.log").find(known: []).files.map(\.path) == [stage.path("real/a.log")])
    }
  }

  @Test("a link that leads nowhere is told, and found once it leads somewhere")
  func dangling() async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      try stage.linkSymbolically("later.txt", as: "a.log")
      let files = try await stage.files("*.log")
      let survey = try await files.find(known: [])
      #expect(survey.files.isEmpty)
      #expect(survey.problems.contains { $0.contains("a.log' is a link that leads nowhere") })
      try stage.append([1], to: "later.txt")
      #expect(try await files.find(known: []).files.count == 1)
    }
  }
}
