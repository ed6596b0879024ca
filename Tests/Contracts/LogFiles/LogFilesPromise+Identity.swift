import Application
import Testing

extension LogFilesPromise {
  func keepsTheIdentityOfRenamedFiles(_ stage: some LogFilesStage) async throws {
    let files = try await stage.files("*.log*")
    try await stage.append("1", to: "a.log")
    let before = try await onlyFile(of: files)
    try await stage.append("2", to: "a.log")
    try await stage.rename("a.log", to: "a.log.1")
    let after = try await onlyFile(of: files)
    #expect(after.identity == before.identity)
    #expect(after.path == stage.path("a.log.1"))
    #expect(after.size == 2)
  }

  func findsKnownFilesUnderOtherNames(_ stage: some LogFilesStage) async throws {
    let files = try await stage.files("*.log", "x/**/*.log")
    try await stage.append("1", to: "a.log")
    try await stage.append("2", to: "x/y/b.log")
    let known = Set(try await files.find(known: []).files.map(\.identity))
    try #require(known.count == 2)
    try await stage.rename("a.log", to: "a.log.1")
    try await stage.rename("x/y/b.log", to: "x/y/b.log.1")
    try await stage.append("3", to: "c.old")
    let found = try await files.find(known: known).files
    #expect(found.map(\.path) == ["a.log.1", "x/y/b.log.1"].map(stage.path))
    #expect(Set(found.map(\.identity)) == known)
    for file in found { #expect(!file.isMatched) }
    #expect(try await files.find(known: []).files.isEmpty)
  }

  func givesNewFilesAnotherIdentity(_ stage: some LogFilesStage) async throws {
    let files = try await stage.files("a.log")
    try await stage.append("1", to: "a.log")
    let before = try await onlyFile(of: files)
    try await stage.rename("a.log", to: "a.log.1")
    try await stage.append("2", to: "a.log")
    let found = try await files.find(known: [before.identity]).files
    try #require(found.count == 2)
    #expect(found[0].path == stage.path("a.log"))
    #expect(found[0].identity != before.identity)
    #expect(found[0].isMatched)
    #expect(found[1].identity == before.identity)
    #expect(!found[1].isMatched)
  }

  func prefersMatchedNames(_ stage: some LogFilesStage) async throws {
    let files = try await stage.files("*.log")
    try await stage.append("1", to: "z.log")
    let before = try await onlyFile(of: files)
    try await stage.link("z.log", to: "a.log.1")
    let after = try await onlyFile(of: files, known: [before.identity])
    #expect(after == before)
  }
}
