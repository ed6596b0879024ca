import Application
import Domain
import Foundation
import Glibc
import LogSourceContract
import Testing
import Threads

@testable import DiskAdapter

@Suite("File log source", .timeLimit(.minutes(1)))
struct FileLogSourceTests {
  private static let pool = ThreadPool(name: "disk-test", threads: 2)

  @Test("keeps the port's promises", arguments: LogSourcePromise.allCases, [false, true])
  func keeps(_ promise: LogSourcePromise, _ isCompressed: Bool) async throws {
    try await withTemporaryFolder { folder in
      try await promise.check { content in
        try await Self.source(folder, isCompressed ? RunLengthDecompression.packed(content) : content)
      }
    }
  }

  @Test("reads several members after each other, whose parts come in pieces")
  func members() async throws {
    try await withTemporaryFolder { folder in
      let first = [UInt8](repeating: 1, count: 700_000)
      let second = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
      let source = try await Self.source(
        folder, RunLengthDecompression.packed(first) + RunLengthDecompression.packed(second))
      var found: [UInt8] = []
      while let piece = try await source.read() {
        #expect(piece.count <= FileLogSource.pieceBytes)
        found += piece
      }
      let isSame = found == first + second
      #expect(isSame)
    }
  }

  @Test("a compressed file that is cut off is corrupt", arguments: [2, 3, 4, 5])
  func cutOff(_ count: Int) async throws {
    try await withTemporaryFolder { folder in
      let source = try await Self.source(folder, Array(RunLengthDecompression.packed([7, 8]).prefix(count)))
      let error = await #expect(throws: LogSourceError.self) { while try await source.read() != nil {} }
      guard case .corrupt = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test("garbage behind a member is corrupt")
  func garbage() async throws {
    try await withTemporaryFolder { folder in
      let source = try await Self.source(folder, RunLengthDecompression.packed([7]) + [1, 2, 3])
      let error = await #expect(throws: LogSourceError.self) { while try await source.read() != nil {} }
      guard case .corrupt = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test("a file that is not there is not found, a folder is unreadable")
  func absent() async throws {
    try await withTemporaryFolder { folder in
      let error = await #expect(throws: LogSourceError.self) { try await Self.open(folder + "/nothing") }
      guard case .notFound = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      let source = try await Self.open(folder)
      let second = await #expect(throws: LogSourceError.self) { try await source.read() }
      guard case .unreadable = second else {
        Issue.record("\(String(describing: second))")
        return
      }
    }
  }

  @Test("a read that waits for a pipe ends with its task")
  func cancelled() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/pipe"
      #expect(unsafe mkfifo(path, 0o600) == 0)
      // Also a writer, so that opening does not wait and no end comes.
      let writer = unsafe Glibc.open(path, O_RDWR)
      defer { close(writer) }
      let source = try await Self.open(path)
      let reading = Task { try await source.read() }
      reading.cancel()
      let outcome = await reading.result
      let error = #expect(throws: LogSourceError.self) { try outcome.get() }
      guard case .cancelled = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  private static func source(_ folder: String, _ content: [UInt8]) async throws -> FileLogSource {
    let path = folder + "/\(UUID().uuidString).log"
    try Data(content).write(to: URL(fileURLWithPath: path))
    return try await open(path)
  }

  private static func open(_ path: String) async throws(LogSourceError) -> FileLogSource {
    try await FileLogSource.open(path, decompression: RunLengthDecompression(), pool: pool)
  }
}
