/// Settings of the dead letters on disk.
package struct DiskDeadLetterQueueConfiguration: Sendable {
  /// Folder of the letters, made if it is missing; nothing else belongs in it.
  package var folder: String
  /// Letters at most. Each costs 22 to 43 bytes of memory: a hash of 16 bytes in a hash table.
  package var letters = 1_000_000
  /// Bytes of the file at most.
  package var bytes = 4 << 30

  package init(folder: String) { self.folder = folder }
}
