import Application
import InMemoryAdapter
import Testing

@Suite("The source in memory") struct InMemoryLogSourceTests {
  @Test("gives its bytes in pieces, in order, then ends", arguments: [1, 3, 100])
  func givesPieces(_ pieceBytes: Int) async throws {
    let source = InMemoryLogSource(content: Array(0..<10), pieceBytes: pieceBytes)
    var bytes: [UInt8] = []
    while let piece = try await source.read() {
      #expect((1...pieceBytes).contains(piece.count))
      bytes += piece
      #expect(await source.position() == bytes.count)
    }
    #expect(bytes == Array(0..<10))
    #expect(try await source.read() == nil)
  }

  @Test("goes on where it was after a fault")
  func goesOnAfterFault() async throws {
    let source = InMemoryLogSource(content: [1, 2], pieceBytes: 1)
    source.faults.failNext(1, .read, with: .unreadable(name: "memory", reason: "scripted"))
    await #expect(throws: LogSourceError.self) { try await source.read() }
    #expect(try await source.read() == [1])
  }
}
