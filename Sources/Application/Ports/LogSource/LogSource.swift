/// Bytes to read lines from, in order: a file, standard input, later a journal.
package protocol LogSource: Sendable {
  /// What to call it in messages: a path, `-`.
  var name: String { get }

  /// Bytes in all, where that is known, for a progress bar. Compressed bytes for a compressed file.
  var size: Int? { get }

  /// The next bytes of the content (decompressed), never empty; nil at the end.
  ///
  /// - Throws: If it cannot be read, or the compressed form is broken.
  func read() async throws(LogSourceError) -> [UInt8]?

  /// Bytes consumed of what `size` counts.
  func position() async -> Int
}
