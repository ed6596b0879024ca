import Domain

/// Where an import reads, and what makes journal entries of it.
struct ImportIntake {
  let source: any LogSource
  let id: SourceID
  var packing: BatchPacking

  /// - Parameter time: When the batches are first sent, or earlier.
  mutating func entry(_ cut: CutEntry, at time: Timestamp) throws(DeliveryStop) -> JournalEntry {
    JournalEntry(source: id, end: cut.end, batches: try packing.pack(cut.batches, at: time))
  }
}
