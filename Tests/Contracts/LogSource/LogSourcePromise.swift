package import Application
import Testing

/// What every source of log bytes promises, checked on sources of known content.
///
/// Left open on purpose: how large pieces are; whether the size is known; what a broken source throws besides a
/// `LogSourceError`.
package enum LogSourcePromise: String, CaseIterable, Sendable {
  case readsAllBytesInOrder
  case readsNothingOfAnEmptySource
  case keepsEveryByteValue
  case staysAtTheEnd
  case positionCountsTowardsTheSize
  case hasAName

  /// - Parameter make: Makes a source with that content.
  package func check<Source: LogSource>(_ make: ([UInt8]) async throws -> Source) async throws {
    switch self {
    case .readsAllBytesInOrder:
      for count in [1, 100, 256 << 10, (1 << 20) + 3] {
        let content = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 9) }
        let isSame = try await all(of: try await make(content)) == content
        #expect(isSame, "\(count) bytes")
      }
    case .readsNothingOfAnEmptySource:
      let source = try await make([])
      #expect(try await source.read() == nil)
      #expect(await source.position() == source.size ?? 0)
    case .keepsEveryByteValue:
      let content = (0..<1_024).map { UInt8(truncatingIfNeeded: $0) } + [13, 10, 10, 13, 0, 0]
      #expect(try await all(of: try await make(content)) == content)
    case .staysAtTheEnd:
      let source = try await make([1, 2, 3])
      #expect(try await all(of: source) == [1, 2, 3])
      for _ in 0..<3 { #expect(try await source.read() == nil) }
    case .positionCountsTowardsTheSize:
      let source = try await make([UInt8](repeating: 65, count: 1 << 20))
      var last = await source.position()
      #expect(last == 0)
      while try await source.read() != nil {
        let position = await source.position()
        #expect(position >= last)
        last = position
      }
      #expect(last > 0)
      if let size = source.size { #expect(last == size) }
    case .hasAName:
      #expect(try await !make([1]).name.isEmpty)
    }
  }

  /// Reads to the end; no piece is empty.
  private func all(of source: some LogSource) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    while let piece = try await source.read() {
      try #require(!piece.isEmpty)
      bytes += piece
    }
    return bytes
  }
}
