import Application
import Glibc
import LogFilesContract
import LogStreamContract
import Testing
import Threads

@testable import DiskAdapter

@Suite("Stream of a pipe", .timeLimit(.minutes(1))) struct PipeLogStreamTests {
  private final class Stage: LogStreamStage {
    let isResumable = false
    private let path: String
    private let descriptor: Int32
    private let pool = ThreadPool(name: "writer", threads: 1)

    init(_ folder: String) throws {
      path = folder + "/pipe"
      let status = unsafe mkfifo(path, 0o600)
      try #require(status == 0)
      // Also its reader, so that opening does not wait for one.
      descriptor = unsafe Glibc.open(path, O_RDWR | O_CLOEXEC)
    }

    deinit { close(descriptor) }

    /// Does not wait: a pipe takes 64 KiB, then the writer waits for the reader.
    func write(_ messages: [String]) {
      let bytes = Array(messages.map { $0 + "\n" }.joined().utf8)
      let writer = DescriptorWriter(descriptor)
      Task(executorPreference: pool) { writer.write(bytes) }
    }

    func stream(after cursor: String?) async throws -> any LogStream {
      try await PipeLogStream.open(path, pool: FolderStage.pool)
    }

    func messages(in lines: [UInt8]) -> [String] {
      lines.split(separator: 0x0a).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  @Test("keeps the port's promises", arguments: LogStreamPromise.allCases)
  func keeps(_ promise: LogStreamPromise) async throws {
    try await withTemporaryFolder { folder in try await promise.check(on: Stage(folder)) }
  }

  @Test("ends with its writers; the last line needs no end")
  func end() async throws {
    try await withTemporaryFolder { folder in
      let stage = try FolderStage(folder)
      try stage.append(Array("one\ntwo".utf8), to: "file")
      let stream = try await PipeLogStream.open(stage.path("file"), pool: FolderStage.pool)
      #expect(try await stream.read() == LogStreamPiece(bytes: Array("one\n".utf8), cursor: nil))
      #expect(try await stream.read() == LogStreamPiece(bytes: Array("two".utf8), cursor: nil))
      #expect(try await stream.read() == nil)
    }
  }

  @Test("one that is not there is not available")
  func absent() async throws {
    let error = await #expect(throws: LogStreamError.self) {
      _ = try await PipeLogStream.open("/nothing/here", pool: FolderStage.pool)
    }
    guard case .notAvailable = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
