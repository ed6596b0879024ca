import Composition

/// What is followed, as the operands say.
enum TailInput: Hashable, Sendable {
  case files([String])
  case standardInput
  /// systemd's journal.
  ///
  /// - Parameter words: Further ones for journalctl, to choose entries.
  case journald(words: [String])

  private static let journaldPrefix = "journald:"
  /// Bytes of the words: a stream is called by them in the agent's journal (`SourceID.maximumBytes`).
  private static let maximumBytes = 4_096

  /// - Throws: If a stream is to be followed beside something else.
  init(operands: [String]) throws(UsageError) {
    guard let stream = operands.first(where: { $0 == "-" || $0.hasPrefix(Self.journaldPrefix) }) else {
      self = .files(operands)
      return
    }
    guard operands.count == 1 else {
      throw UsageError("'\(stream)' is followed by itself: run another agent, with its own --state-dir, for the rest")
    }
    guard stream.utf8.count <= Self.maximumBytes else {
      throw UsageError("'journald:' takes words of \(Self.maximumBytes) bytes at most")
    }
    if stream == "-" {
      self = .standardInput
    } else {
      let words = stream.dropFirst(Self.journaldPrefix.count).split(separator: ",").map(String.init)
      self = .journald(words: words)
    }
  }
}
