/// What can have a name in a folder.
enum FileKind: Hashable, Sendable {
  case file, folder, link
  /// A pipe, socket or device.
  case special
}
