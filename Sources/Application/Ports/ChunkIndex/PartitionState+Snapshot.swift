package import Domain

extension PartitionState {
  /// What the owner of a partition would start from.
  package init(_ snapshot: PartitionSnapshot) {
    self.init(
      epoch: snapshot.epoch, watermark: snapshot.watermark, head: snapshot.head, windows: snapshot.windows,
      gaps: snapshot.gaps)
  }
}
