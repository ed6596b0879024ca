/// What tells a file from every other on its device, whatever it is called.
///
/// Inode numbers are given out again; the time of birth, where the file system keeps one (ext4, XFS, Btrfs), tells the new
/// file from the old. The device is left out of what is remembered: its number may change with a restart of the machine.
package struct FileIdentity: Hashable, Sendable {
  package let inode: UInt64
  /// Nanoseconds since 1970; 0 if the file system does not say.
  package let birth: Int64

  package init(inode: UInt64, birth: Int64) {
    self.inode = inode
    self.birth = birth
  }
}
