/// What came of reading one partition.
enum PartitionReading<Content: Sendable>: Sendable {
  case found(Content)
  /// Nothing was ever committed to it.
  case empty
  /// It was there and is gone, and with it a part of the index.
  case lost
}

/// What one attempt to read a partition found.
enum PartitionAttempt<Content: Sendable>: Sendable {
  case found(Content)
  /// Its head is not there.
  case absent
  /// It went away while it was read: another generation took its place.
  case swept
}
