import Application
import Foundation
import Glibc
import LogFilesContract
import Testing

@testable import DiskAdapter

extension DiskLogFilesTests {
  @Test("pipes and sockets are passed over and said; folders that wildcards match are no log files")
  func special() async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      try stage.append([1], to: "a.log")
      try stage.makeFolder("b.log")
      let status = unsafe mkfifo(stage.path("c.log"), 0o600)
      try #require(status == 0)
      let survey = try await stage.files("*.log").find(known: [])
      #expect(survey.files.map(\.path) == [stage.path("a.log")])
      #expect(survey.problems == ["'\(stage.path("c.log"))' is a pipe, a socket or a device and is passed over"])
    }
  }

  @Test("a pipe in the place of a file is not waited for when it is opened")
  func pipe() async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      try stage.append([1], to: "a.log")
      let files = try await stage.files("*.log")
      let found = try #require(try await files.find(known: []).files.first)
      try stage.remove("a.log")
      let status = unsafe mkfifo(stage.path("a.log"), 0o600)
      try #require(status == 0)
      await #expect(throws: LogFilesError.notFound(path: found.path)) { _ = try await files.open(found) }
    }
  }

  @Test("a plain folder stands for the files in it, not for those below")
  func folder() async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      for name in ["logs/a", "logs/b.log", "logs/.hidden", "logs/sub/c"] { try stage.append([1], to: name) }
      let survey = try await stage.files("logs").find(known: [])
      #expect(survey.files.map(\.path) == ["logs/a", "logs/b.log"].map(stage.path))
      #expect(survey.problems.isEmpty)
    }
  }

  @Test("names that are not UTF-8 are counted")
  func illFormedName() async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      try stage.append([1], to: "a.log")
      let name = Array(stage.path("").utf8) + [0x62, 0xff, 0x2e, 0x6c, 0x6f, 0x67, 0]
      let descriptor = unsafe name.map(CChar.init(bitPattern:)).withUnsafeBufferPointer {
        unsafe Glibc.open($0.baseAddress!, O_CREAT | O_WRONLY, 0o600)
      }
      // Some file systems refuse such a name.
      guard descriptor >= 0 else { return }
      close(descriptor)
      let survey = try await stage.files("*.log").find(known: [])
      #expect(survey.files.count == 1)
      #expect(survey.problems.contains { $0.contains("1 names that are not UTF-8") })
    }
  }

  @Test("what may not be looked at is said, the rest is found; only if there is no rest the look fails")
  func notPermitted() async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      for name in ["a/a.log", "b/b.log"] { try stage.append([1], to: name) }
      let tree = ScriptedFileTree()
      tree.fail(stage.path("b"), code: EACCES)
      let survey = try await Self.files(stage, ["a/*.log", "b/*.log"], tree).find(known: [])
      #expect(survey.files.map(\.path) == [stage.path("a/a.log")])
      #expect(survey.problems.contains { $0.contains("/b': Permission denied") })
      let error = await #expect(throws: LogFilesError.self) {
        try await Self.files(stage, ["b/*.log"], tree).find(known: [])
      }
      #expect(error == .unreadable(path: stage.path("b"), reason: "Permission denied"))
    }
  }

  @Test("a file that may not be read has its obstacle until it may")
  func unreadableFile() async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      try stage.append([1], to: "a.log")
      let tree = ScriptedFileTree()
      tree.fail(stage.path("a.log"), code: EACCES, opening: true)
      let files = try Self.files(stage, ["*.log"], tree)
      let found = try #require(try await files.find(known: []).files.first)
      #expect(found.obstacle == .unreadable(reason: "Permission denied"))
      await #expect(throws: LogFilesError.unreadable(path: found.path, reason: "Permission denied")) {
        _ = try await files.open(found)
      }
      tree.heal()
      #expect(try await files.find(known: []).files.first?.obstacle == nil)
    }
  }

  @Test("no free descriptor is a passing trouble that says what to do", arguments: [EMFILE, ENFILE, EIO, ESTALE])
  func unavailable(_ code: Int32) async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      try stage.append([1], to: "a.log")
      let tree = ScriptedFileTree()
      let files = try Self.files(stage, ["*.log"], tree)
      let found = try #require(try await files.find(known: []).files.first)
      tree.fail(found.path, code: code, opening: true)
      let error = await #expect(throws: LogFilesError.self) { _ = try await files.open(found) }
      guard case .unavailable(found.path, let reason) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      if code == EMFILE { #expect(reason.contains("ulimit -n")) }
    }
  }

  @Test("the first bytes of a file are read once, not at every look")
  func readsOnce() async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      for number in 0..<50 { try stage.append([65, 66], to: "\(number).log") }
      let tree = ScriptedFileTree()
      let files = try Self.files(stage, ["*.log"], tree)
      for _ in 0..<3 { #expect(try await files.find(known: []).files.count == 50) }
      #expect(tree.opened == 50)
      // Shorter than before: written anew.
      try stage.truncate("7.log", to: 1)
      _ = try await files.find(known: [])
      #expect(tree.opened == 51)
    }
  }

  @Test("a thousand patterns are one look at each folder")
  func manyPatterns() async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      let names = (0..<1_000).map { "\($0 % 10)/\($0).log" }
      for name in names { try stage.append([1], to: name) }
      let tree = ScriptedFileTree()
      let survey = try await Self.files(stage, names + ["*/9*.log"], tree).find(known: [])
      #expect(survey.files.count == 1_000)
      // The folder itself is listed for the wildcard.
      #expect(tree.listed == 11)
      #expect(survey.problems.isEmpty)
    }
  }

  @Test("of many problems it is said how many there are")
  func manyProblems() async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      let survey = try await stage.files((0..<150).map { "no\($0)" }, excluding: []).find(known: [])
      #expect(survey.problems.count == 101)
      #expect(survey.problems.last == "and 50 more problems of this kind")
    }
  }

  private static func files(
    _ stage: FolderStage, _ patterns: [String], _ tree: ScriptedFileTree
  ) throws -> DiskLogFiles {
    let configuration = try DiskLogFilesConfiguration(patterns: patterns, in: stage.root)
    return try DiskLogFiles(configuration, pool: FolderStage.pool, tree: tree) {
      () throws(FileError) in try FolderEvents()
    }
  }
}
