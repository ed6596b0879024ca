import Application
import InMemoryAdapter
import LogStreamContract

/// Lines in memory whose stream breaks one promise, or none.
struct FlawedStreamStage: LogStreamStage {
  let flaw: LogStreamPromise?
  let lines = InMemoryLines()
  let isResumable = true

  func write(_ messages: [String]) { for message in messages { lines.append(Array((message + "\n").utf8)) } }

  func stream(after cursor: String?) async throws -> any LogStream {
    let cursor = flaw == .resumesBehindEachCursor ? cursor.flatMap { Int($0) }.map { "\($0 / 2)" } : cursor
    let base = try InMemoryLogStream(lines, after: cursor, pieceBytes: 10_000)
    return FlawedLogStream(base, breaking: flaw)
  }

  func messages(in lines: [UInt8]) -> [String] {
    lines.split(separator: 0x0a).map { String(decoding: $0, as: UTF8.self) }
  }
}
