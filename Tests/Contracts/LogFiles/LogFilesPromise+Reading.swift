import Application
import Testing

extension LogFilesPromise {
  func readsRanges(_ stage: some LogFilesStage) async throws {
    let content = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 9) }
    try await stage.append(content, to: "a.log")
    let (found, file) = try await opened(stage)
    #expect(file.identity == found.identity)
    #expect(try await file.status() == FileStatus(size: 300_000, isDeleted: false))
    for (offset, limit) in [(0, 1), (0, 300_000), (299_999, 1), (1_000, 200_000), (65_535, 2)] {
      let isSame = try await file.read(at: UInt64(offset), limit: limit) == Array(content[offset..<offset + limit])
      #expect(isSame, "\(limit) bytes from \(offset) on")
    }
    let isRest = try await file.read(at: 100, limit: 1 << 20) == Array(content[100...])
    #expect(isRest)
    #expect(try await file.read(at: 300_000, limit: 10) == [])
    #expect(try await file.read(at: 1 << 40, limit: 10) == [])
    await file.close()
  }

  func readsWhatWasAppended(_ stage: some LogFilesStage) async throws {
    try await stage.append("ab", to: "a.log")
    let (_, file) = try await opened(stage)
    #expect(try await file.read(at: 2, limit: 10) == [])
    try await stage.append("cd", to: "a.log")
    #expect(try await file.status().size == 4)
    #expect(try await file.read(at: 2, limit: 10) == Array("cd".utf8))
    await file.close()
  }

  func seesTruncation(_ stage: some LogFilesStage) async throws {
    try await stage.append("abcdef", to: "a.log")
    let (found, file) = try await opened(stage)
    try await stage.truncate("a.log", to: 2)
    #expect(try await file.status() == FileStatus(size: 2, isDeleted: false))
    #expect(try await file.read(at: 0, limit: 10) == Array("ab".utf8))
    #expect(try await file.read(at: 4, limit: 10) == [])
    await file.close()
    let after = try await onlyFile(of: try await stage.files("*.log"))
    #expect(after.identity == found.identity)
    #expect(after.size == 2)
  }

  func readsRenamedFiles(_ stage: some LogFilesStage) async throws {
    try await stage.append("ab", to: "a.log")
    let (_, file) = try await opened(stage)
    try await stage.rename("a.log", to: "elsewhere/a.log.1")
    try await stage.append("new", to: "a.log")
    try await stage.append("cd", to: "elsewhere/a.log.1")
    #expect(try await file.read(at: 0, limit: 10) == Array("abcd".utf8))
    #expect(try await file.status() == FileStatus(size: 4, isDeleted: false))
    await file.close()
  }

  func readsDeletedFiles(_ stage: some LogFilesStage) async throws {
    try await stage.append("ab", to: "a.log")
    let (_, file) = try await opened(stage)
    try await stage.remove("a.log")
    #expect(try await file.status() == FileStatus(size: 2, isDeleted: true))
    #expect(try await file.read(at: 1, limit: 10) == Array("b".utf8))
    await file.close()
  }

  func refusesToOpenAnotherFile(_ stage: some LogFilesStage) async throws {
    let files = try await stage.files("*.log")
    try await stage.append("1", to: "a.log")
    let found = try await onlyFile(of: files)
    try await stage.rename("a.log", to: "b")
    await expectNotFound(files, found)
    try await stage.append("2", to: "a.log")
    await expectNotFound(files, found)
  }

  func refusesToReadClosedFiles(_ stage: some LogFilesStage) async throws {
    try await stage.append("ab", to: "a.log")
    let (found, file) = try await opened(stage)
    let other = try await stage.files("*.log").open(found)
    await file.close()
    await file.close()
    let errors = [
      await #expect(throws: LogFilesError.self) { _ = try await file.read(at: 0, limit: 1) },
      await #expect(throws: LogFilesError.self) { _ = try await file.status() },
    ]
    for error in errors {
      guard case .unreadable = error else {
        Issue.record("\(String(describing: error)) instead of .unreadable")
        continue
      }
    }
    #expect(try await other.read(at: 0, limit: 10) == Array("ab".utf8))
    await other.close()
  }

  private func opened(_ stage: some LogFilesStage) async throws -> (FoundFile, any LogFile) {
    let files = try await stage.files("a.log")
    let found = try await onlyFile(of: files)
    return (found, try await files.open(found))
  }

  private func expectNotFound(_ files: any LogFiles, _ found: FoundFile) async {
    await #expect(throws: LogFilesError.notFound(path: found.path)) { try await files.open(found).close() }
  }
}
