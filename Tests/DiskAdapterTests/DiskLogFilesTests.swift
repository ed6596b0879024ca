import Application
import LogFilesContract
import Testing

@testable import DiskAdapter

@Suite("Log files of the machine", .timeLimit(.minutes(1)))
struct DiskLogFilesTests {
  @Test("keep the port's promises", arguments: LogFilesPromise.allCases)
  func keep(_ promise: LogFilesPromise) async throws {
    try await withTemporaryFolder { folder in try await promise.check(on: FolderStage(folder)) }
  }

  @Test("keep the port's promises where nothing can be watched", arguments: LogFilesPromise.allCases)
  func keepUnwatched(_ promise: LogFilesPromise) async throws {
    try await withTemporaryFolder { folder in try await promise.check(on: UnwatchedStage(base: FolderStage(folder))) }
  }
}
