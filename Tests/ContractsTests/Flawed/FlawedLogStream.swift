import Application
import InMemoryAdapter
import LogStreamContract

/// Breaks one promise of the stream behind it, or none.
actor FlawedLogStream: LogStream {
  nonisolated let name: String
  private let base: InMemoryLogStream
  private let flaw: LogStreamPromise?
  private var reads = 0

  init(_ base: InMemoryLogStream, breaking flaw: LogStreamPromise?) {
    self.base = base
    self.flaw = flaw
    name = flaw == .hasAName ? "" : base.name
  }

  func read() async throws(LogStreamError) -> LogStreamPiece? {
    reads += 1
    if flaw == .waitsForMore, reads > 1 { return nil }
    let piece: LogStreamPiece?
    do throws(LogStreamError) {
      piece = try await base.read()
    } catch {
      if flaw == .stopsWaitingWhenCancelled { return nil }
      throw error
    }
    guard let piece else {
      return flaw == .endsWhenClosed ? LogStreamPiece(bytes: [0x0a], cursor: nil) : nil
    }
    switch flaw {
    case .givesLinesInOrder:
      return LogStreamPiece(bytes: piece.bytes.dropLast().reversed() + [0x0a], cursor: piece.cursor)
    case .endsPiecesOnLineEnds: return LogStreamPiece(bytes: piece.bytes.dropLast(), cursor: piece.cursor)
    default: return piece
    }
  }

  func close() async { await base.close() }
}
