/// Files that the last look found and that are not read.
struct FileCounts: Hashable, Sendable {
  /// Left alone.
  var compressed = 0
  /// Cannot be opened.
  var unreadable = 0
}
