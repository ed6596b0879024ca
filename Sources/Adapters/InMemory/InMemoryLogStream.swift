package import Application

/// Lines that a test adds to, read from the oldest on or from behind a cursor (the number of bytes before it).
package actor InMemoryLogStream: LogStream {
  package enum Operation: Hashable, Sendable { case read }

  package nonisolated let name: String
  /// Nonisolated: a test scripts faults without waiting.
  package nonisolated let faults = FaultScript<Operation, LogStreamError>(whenCancelled: .cancelled)
  private let lines: InMemoryLines
  private let pieceBytes: Int
  private var offset: Int
  private var isClosed = false

  /// - Parameter pieceBytes: A piece has more only if its line has.
  /// - Throws: `.cursorLost` if the cursor is none of these lines.
  package init(
    _ lines: InMemoryLines, after cursor: String? = nil, name: String = "memory", pieceBytes: Int = 64 << 10
  ) throws(LogStreamError) {
    guard let offset = cursor.map({ Int($0) }) ?? 0, (0...lines.content.count).contains(offset) else {
      throw .cursorLost(name: name, reason: "'\(cursor ?? "")' is no place in it")
    }
    self.lines = lines
    self.name = name
    self.pieceBytes = pieceBytes
    self.offset = offset
  }

  package func read() async throws(LogStreamError) -> LogStreamPiece? {
    while true {
      let seen = lines.change.count
      if isClosed { return nil }
      let piece = try faults.perform(.read) { () throws(LogStreamError) in next() }
      if let piece { return piece }
      if lines.isEnded { return nil }
      await lines.change.wait(past: seen)
    }
  }

  package func close() {
    isClosed = true
    lines.change.announce()
  }

  private func next() -> LogStreamPiece? {
    let rest = lines.content[offset...]
    let whole = rest.prefix(pieceBytes).lastIndex(of: 0x0a) ?? rest.firstIndex(of: 0x0a)
    guard let end = whole.map({ $0 + 1 }) ?? (lines.isEnded ? rest.endIndex : nil), end > offset else { return nil }
    defer { offset = end }
    return LogStreamPiece(bytes: Array(lines.content[offset..<end]), cursor: "\(end)")
  }
}
