/// What to do with a file that is opened.
enum OpenMode: Sendable {
  /// An existing one, to read.
  case read
  /// An existing one, to read and write.
  case update
  /// An existing or a new one, to read and write.
  case create
  /// An empty one, whatever was there.
  case replace
}
