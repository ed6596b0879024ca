import Application

/// A file or something else as it was when it was looked at.
struct FileState: Hashable, Sendable {
  let identity: FileIdentity
  /// Identities are unique on one device only.
  let device: UInt64
  let kind: FileKind
  /// Bytes.
  let size: UInt64
  /// Names that lead to it.
  let names: UInt32
}
