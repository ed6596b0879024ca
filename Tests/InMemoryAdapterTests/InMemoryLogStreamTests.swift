import Application
import InMemoryAdapter
import LogStreamContract
import Testing

@Suite("Stream of lines in memory", .timeLimit(.minutes(1))) struct InMemoryLogStreamTests {
  private struct Stage: LogStreamStage {
    let lines = InMemoryLines()
    let isResumable = true

    func write(_ messages: [String]) { for message in messages { lines.append(Array((message + "\n").utf8)) } }

    func stream(after cursor: String?) throws -> any LogStream {
      try InMemoryLogStream(lines, after: cursor, pieceBytes: 1_000)
    }

    func messages(in lines: [UInt8]) -> [String] {
      lines.split(separator: 0x0a).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  @Test("keeps the port's promises", arguments: LogStreamPromise.allCases)
  func keeps(_ promise: LogStreamPromise) async throws { try await promise.check(on: Stage()) }

  @Test("gives the rest without a line end once it ends")
  func end() async throws {
    let lines = InMemoryLines()
    let stream = try InMemoryLogStream(lines)
    lines.append(Array("a\nb".utf8))
    #expect(try await stream.read() == LogStreamPiece(bytes: Array("a\n".utf8), cursor: "2"))
    lines.end()
    #expect(try await stream.read() == LogStreamPiece(bytes: Array("b".utf8), cursor: "3"))
    #expect(try await stream.read() == nil)
  }

  @Test("a cursor of another stream is lost", arguments: ["4", "x", "-1"])
  func lostCursor(_ cursor: String) {
    #expect(throws: LogStreamError.self) { try InMemoryLogStream(InMemoryLines(), after: cursor) }
  }
}
