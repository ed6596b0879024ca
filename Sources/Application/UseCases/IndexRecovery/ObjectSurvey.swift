import Domain

/// Which partitions the object store knows of, and what there is of each. Holds every key: about 200 bytes each.
struct ObjectSurvey: Sendable {
  private(set) var snapshots: [PartitionID: [SnapshotName]] = [:]
  private(set) var objects: [PartitionID: [(key: ObjectKey, name: FlushObjectName)]] = [:]
  private(set) var count = 0

  mutating func add(_ key: ObjectKey, prefix: String) {
    count += 1
    if let name = SnapshotName(key, prefix: prefix) {
      snapshots[name.partition, default: []].append(name)
    } else if let name = FlushObjectName(key) {
      objects[name.partition, default: []].append((key, name))
    }
  }

  var partitions: [PartitionID] { Set(snapshots.keys).union(objects.keys).sorted() }
}
