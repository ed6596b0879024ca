import Application
import LogSourceContract

/// A source in memory that breaks one promise, or none.
actor FlawedLogSource: LogSource {
  nonisolated let name: String
  nonisolated let size: Int?
  private let flaw: LogSourcePromise?
  private let content: [UInt8]
  private var consumed = 0

  init(_ content: [UInt8], breaking flaw: LogSourcePromise?) {
    self.flaw = flaw
    self.content = content
    size = content.count
    name = flaw == .hasAName ? "" : "memory"
  }

  func read() async throws(LogSourceError) -> [UInt8]? {
    if flaw == .readsNothingOfAnEmptySource, content.isEmpty { return [] }
    if flaw == .staysAtTheEnd, consumed == content.count + 1 { return [0] }
    if consumed >= content.count {
      consumed = content.count + 1
      return nil
    }
    let piece = Array(content[consumed...].prefix(100_000))
    consumed += piece.count
    if flaw == .readsAllBytesInOrder { return piece.reversed() }
    return flaw == .keepsEveryByteValue ? piece.filter { $0 != 13 } : piece
  }

  func position() async -> Int { flaw == .positionCountsTowardsTheSize ? 0 : min(consumed, content.count) }
}
