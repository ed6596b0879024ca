/// What an agent that follows files has done since it began, and what it holds now.
package struct TailFigures: Hashable, Sendable {
  /// Followed now.
  package var files = 0
  package var openFiles = 0
  /// Left alone, being compressed.
  package var compressedFiles = 0
  package var unreadableFiles = 0
  /// In files, and not yet read.
  package var unreadBytes = 0
  package var readBytes = 0
  package var events = 0
  /// Larger than a batch may be, and passed over.
  package var oversizedEvents = 0
  package var batches = 0
  package var acknowledgedBatches = 0
  package var acknowledgedEvents = 0
  package var batchesInFlight = 0
  /// Of batches that are not acknowledged.
  package var spoolBytes = 0
  package var spoolLimit = 0

  package init() {}
}
