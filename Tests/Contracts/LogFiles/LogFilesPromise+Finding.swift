import Application
import Testing

extension LogFilesPromise {
  func findsWhatPatternsMatch(_ stage: some LogFilesStage) async throws {
    let files = try await stage.files("*.log", "sub/only")
    for name in ["b.log", "a.log", "a.txt", ".hidden.log", "sub/c.log", "sub/only"] {
      try await stage.append("\(name) says\n", to: name)
    }
    let survey = try await files.find(known: [])
    #expect(survey.files.map(\.path) == ["a.log", "b.log", "sub/only"].map(stage.path))
    #expect(survey.files.map(\.size) == [11, 11, 14])
    for file in survey.files {
      #expect(file.isMatched)
      #expect(file.obstacle == nil)
    }
    #expect(!survey.problems.contains { $0.contains("*.log") || $0.contains("sub/only") })
  }

  func findsFilesAtAnyDepth(_ stage: some LogFilesStage) async throws {
    let names = ["a.log", "x/a.log", "x/y/z/b.log"]
    for name in names + ["x/b.txt", "x/y/c.txt"] { try await stage.append("x", to: name) }
    let found = try await stage.files("**/*.log").find(known: [])
    #expect(found.files.map(\.path) == names.map(stage.path))
    let all = try await stage.files("x/**").find(known: [])
    #expect(all.files.map(\.path) == ["x/a.log", "x/b.txt", "x/y/c.txt", "x/y/z/b.log"].map(stage.path))
  }

  func findsNothingInAnEmptyFolder(_ stage: some LogFilesStage) async throws {
    let survey = try await stage.files("*").find(known: [FileIdentity(inode: 2, birth: 3)])
    #expect(survey.files.isEmpty)
  }

  func findsEachFileOnce(_ stage: some LogFilesStage) async throws {
    try await stage.append("one", to: "b.log")
    try await stage.link("b.log", to: "a.log")
    let file = try await onlyFile(of: try await stage.files("*.log", "a.*", "**/b.log"))
    #expect(file.path == stage.path("a.log"))
  }

  func findsNewFiles(_ stage: some LogFilesStage) async throws {
    let files = try await stage.files("*.log", "later/*.log")
    try await stage.append("1", to: "a.log")
    #expect(try await files.find(known: []).files.count == 1)
    try await stage.append("2", to: "b.log")
    try await stage.append("3", to: "later/c.log")
    let found = try await files.find(known: []).files
    #expect(found.map(\.path) == ["a.log", "b.log", "later/c.log"].map(stage.path))
  }

  func forgetsDeletedFiles(_ stage: some LogFilesStage) async throws {
    let files = try await stage.files("*.log")
    try await stage.append("1", to: "a.log")
    let file = try await onlyFile(of: files)
    try await stage.remove("a.log")
    #expect(try await files.find(known: [file.identity]).files.isEmpty)
  }

  func passesOverExcludedFiles(_ stage: some LogFilesStage) async throws {
    for name in ["a.log", "debug.log", "old/b.log", "x/debug.log", "x/c.log"] { try await stage.append("x", to: name) }
    let files = try await stage.files(["**/*.log"], excluding: ["debug*", "old/*"])
    #expect(try await files.find(known: []).files.map(\.path) == ["a.log", "x/c.log"].map(stage.path))
  }

  func tellsPatternsThatMatchNothing(_ stage: some LogFilesStage) async throws {
    try await stage.append("1", to: "a.log")
    let survey = try await stage.files("*.log", "*.nothing", "nowhere/b").find(known: [])
    #expect(survey.files.count == 1)
    #expect(!survey.problems.contains { $0.contains("*.log") })
    for word in ["*.nothing", "nowhere/b"] { #expect(survey.problems.contains { $0.contains(word) }) }
  }

  func tellsCompressedFiles(_ stage: some LogFilesStage) async throws {
    try await stage.append([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2], to: "a")
    try await stage.append([0x28, 0xb5, 0x2f, 0xfd, 4, 0, 1, 2, 3, 4], to: "b")
    try await stage.append("text that will be packed", to: "c.gz")
    try await stage.append("text", to: "d")
    try await stage.append([], to: "e")
    let files = try await stage.files("*")
    let obstacles = try await files.find(known: []).files.map(\.obstacle)
    #expect(obstacles == [.compressed, .compressed, .compressed, nil, nil])
    // Not what it was at the first look: an empty file may become anything.
    try await stage.append([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2], to: "e")
    #expect(try await files.find(known: []).files.last?.obstacle == .compressed)
  }

  func keepsOddNames(_ stage: some LogFilesStage) async throws {
    let names = ["a\nb.log", "c d\t'\".log", "e*[f].log", "größe-日本-🪵.log", "z" + String(repeating: "y", count: 240)]
    for name in names { try await stage.append(name, to: name) }
    let files = try await stage.files("*")
    let found = try await files.find(known: []).files
    #expect(Set(found.map(\.path)) == Set(names.map(stage.path)))
    for file in found {
      let open = try await files.open(file)
      let text = String(decoding: try await open.read(at: 0, limit: 1_000), as: UTF8.self)
      #expect(stage.path(text) == file.path)
      await open.close()
    }
  }
}
