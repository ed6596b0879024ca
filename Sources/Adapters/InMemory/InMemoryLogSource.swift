package import Application

/// A source that gives its bytes in pieces of a set size.
package actor InMemoryLogSource: LogSource {
  package enum Operation: Hashable, Sendable { case read }

  package nonisolated let name: String
  package nonisolated let size: Int?
  /// Nonisolated: a test scripts faults without waiting.
  package nonisolated let faults = FaultScript<Operation, LogSourceError>(whenCancelled: nil)
  private let content: [UInt8]
  private let pieceBytes: Int
  private var offset = 0

  /// - Parameter pieceBytes: Most bytes that one read gives, at least 1.
  package init(name: String = "memory", content: [UInt8], pieceBytes: Int = 64 << 10) {
    precondition(pieceBytes >= 1, "a read gives at least a byte")
    self.name = name
    self.content = content
    self.pieceBytes = pieceBytes
    size = content.count
  }

  package func read() throws(LogSourceError) -> [UInt8]? {
    try faults.perform(.read) { () throws(LogSourceError) in
      guard offset < content.count else { return nil }
      let end = min(offset + pieceBytes, content.count)
      defer { offset = end }
      return Array(content[offset..<end])
    }
  }

  package func position() -> Int { offset }
}
