/// What is known of the device that a folder is on.
package struct DeviceFacts: Hashable, Sendable {
  /// Kinds of file systems that matter to whoever keeps data there.
  package enum Kind: Hashable, Sendable {
    case local
    /// Over a network: sync and locks are as good as the server's.
    case network(String)
    /// In memory: gone with the machine.
    case memory
  }

  package let kind: Kind
  /// Bytes that this process may still write.
  package let freeBytes: Int
  package let totalBytes: Int
  /// Files that can still be made; nil where the file system has no such limit.
  package let freeFiles: Int?

  package init(kind: Kind, freeBytes: Int, totalBytes: Int, freeFiles: Int?) {
    self.kind = kind
    self.freeBytes = freeBytes
    self.totalBytes = totalBytes
    self.freeFiles = freeFiles
  }
}
