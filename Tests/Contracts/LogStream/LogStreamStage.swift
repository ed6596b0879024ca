package import Application

/// A place that lines are written to and streams read from, fresh for each promise.
package protocol LogStreamStage: Sendable {
  /// Whether streams give cursors, and a new one can begin behind each.
  var isResumable: Bool { get }

  /// Adds one line a message.
  func write(_ messages: [String]) async throws

  /// A stream; without a cursor from the first line that was ever written (where it is resumable).
  func stream(after cursor: String?) async throws -> any LogStream

  /// The messages of lines as the stream has them.
  func messages(in lines: [UInt8]) throws -> [String]
}
