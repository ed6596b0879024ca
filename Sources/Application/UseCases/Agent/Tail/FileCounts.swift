/// What became of files, beside their content.
struct FileCounts: Hashable, Sendable {
  /// Files found to have other content than was read.
  var truncations = 0
  /// Bytes that were seen and could not be read: of files truncated or deleted before.
  var lostBytes: UInt64 = 0
  /// Left alone at the last look.
  var compressed = 0
  /// Could not be opened at the last look.
  var unreadable = 0
}
