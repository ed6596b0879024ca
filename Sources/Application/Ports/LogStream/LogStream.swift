/// An ordered stream of lines that is no file: a system's journal, standard input.
///
/// An instance is made with the cursor that it begins behind. Used by one task at a time, but for `close`.
package protocol LogStream: Sendable {
  /// What a person calls it; not empty.
  var name: String { get }

  /// The next lines, as soon as there are some; nil at the end, which a journal never has.
  ///
  /// - Throws: `.cancelled` as soon as the task is cancelled; nothing is lost, the next call goes on. After any other error
  ///   the stream is over.
  func read() async throws(LogStreamError) -> LogStreamPiece?

  /// Gives back what it holds and ends a read that waits, with nil; later reads give nil. A second call does nothing.
  func close() async
}
