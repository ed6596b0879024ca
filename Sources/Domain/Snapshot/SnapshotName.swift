/// What names a snapshot: `<prefix>/_system/index/<partition>/<generation>-<commits>.cws`, the commits as 20 digits, so
/// that names sort as snapshots do.
///
/// The newest is the one with the highest generation and, within it, the most commits; not the one written last (DESIGN
/// section 4, rule 8).
package struct SnapshotName: Hashable, Comparable, Sendable {
  package let partition: PartitionID
  package let generation: Generation
  package let commits: UInt64

  package init(partition: PartitionID, generation: Generation, commits: UInt64) {
    self.partition = partition
    self.generation = generation
    self.commits = commits
  }

  package init(_ snapshot: PartitionSnapshot) {
    self.init(partition: snapshot.partition, generation: snapshot.generation, commits: snapshot.commits)
  }

  /// The folder of all snapshots. No tenant's name begins with `_`.
  ///
  /// - Parameter prefix: Segments joined by `/`, or empty.
  package static func folder(prefix: String) -> String {
    (prefix.isEmpty ? "" : prefix + "/") + ObjectKey.systemFolder + "/index"
  }

  /// The folder of one partition's snapshots.
  package static func folder(prefix: String, _ partition: PartitionID) -> String {
    "\(folder(prefix: prefix))/\(partition.number)"
  }

  package func key(prefix: String) -> ObjectKey {
    let digits = String(commits)
    let padded = String(repeating: "0", count: 20 - digits.count) + digits
    let text = "\(Self.folder(prefix: prefix, partition))/\(generation)-\(padded).cws"
    guard let key = ObjectKey(text) else { preconditionFailure("'\(text)' is no object key: is the prefix valid?") }
    return key
  }

  /// Nil if `key` is not a snapshot's.
  package init?(_ key: ObjectKey, prefix: String) {
    let parts = key.text.split(separator: "/")
    guard let name = parts.last, name.hasSuffix(".cws"), parts.count >= 2, let number = Int(parts[parts.count - 2]),
      number >= 0
    else { return nil }
    let halves = name.dropLast(4).split(separator: "-")
    guard halves.count == 2, let generation = Identifier128(hexadecimal: String(halves[0])),
      let commits = UInt64(halves[1])
    else { return nil }
    self.init(partition: PartitionID(number), generation: Generation(generation), commits: commits)
    guard self.key(prefix: prefix) == key else { return nil }
  }

  /// Of one partition: older before newer.
  package static func < (left: SnapshotName, right: SnapshotName) -> Bool {
    (left.partition.number, left.generation, left.commits) < (right.partition.number, right.generation, right.commits)
  }
}
