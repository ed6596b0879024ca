/// How much is read at once.
package struct TurnLimits: Hashable, Sendable {
  /// Bytes of one file before it is another one's turn; more where few files have news.
  package var fileBytes = 256 << 10
  /// Bytes of one file at most.
  package var loneFileBytes = 1 << 20
  /// Bytes of all files between two writes of the journal: bounds what a crash has to read again, and memory.
  package var roundBytes = 2 << 20
  /// Files between two writes of the journal.
  package var roundFiles = 256

  package init() {}

  func bytes(ofOneIn files: Int) -> Int { max(fileBytes, min(loneFileBytes, roundBytes / max(files, 1))) }
}
