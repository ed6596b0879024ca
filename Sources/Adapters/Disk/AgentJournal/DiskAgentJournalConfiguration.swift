/// Settings of the journal on disk.
package struct DiskAgentJournalConfiguration: Sendable {
  /// Folder of the journal, made if it is missing; nothing else belongs in it.
  package var folder: String
  /// Bytes of entries with unacknowledged batches, beyond which `append` answers `.full`. The file has up to twice as many.
  package var spoolBytes = 256 << 20
  /// Acknowledgements are written at once and made durable with the next entry, or by the first one that comes so long after
  /// the last sync.
  package var acknowledgementLag = Duration.seconds(1)
  /// Bytes that nobody needs any more before the file is written anew without them.
  package var compactionBytes = 4 << 20

  package init(folder: String) { self.folder = folder }
}
