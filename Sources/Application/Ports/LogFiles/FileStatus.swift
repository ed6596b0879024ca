/// An open file as it is now.
package struct FileStatus: Hashable, Sendable {
  /// Bytes.
  package let size: UInt64
  /// No name is left: once read to its end it is gone.
  package let isDeleted: Bool

  package init(size: UInt64, isDeleted: Bool) {
    self.size = size
    self.isDeleted = isDeleted
  }
}
