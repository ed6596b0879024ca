/// Settings of the dead letters on disk.
package struct DiskDeadLetterQueueConfiguration: Sendable {
  /// Folder of the letters, made if it is missing; nothing else belongs in it.
  package var folder: String
  /// Letters at most. Each costs 62 to 83 bytes of memory: where it lies, and a hash of 16 bytes in a hash table.
  package var letters = 1_000_000
  /// Bytes of letters at most; the file has up to twice that.
  package var bytes = 4 << 30
  /// Bytes that must be garbage before the file is written anew.
  package var compactionBytes = 4 << 20

  /// The part of both that letters of flushes have to themselves.
  package var flushShare = 0.1

  package init(folder: String) { self.folder = folder }
}
