import Domain

/// The names of the keys. Those of a partition lie in one hash slot, which the part in braces decides; the marker and what
/// belongs to it in another.
struct IndexKeys: Sendable {
  let prefix: String

  /// The marker, a hash.
  var marker: RedisKey { RedisKey("{\(prefix)}:index") }

  /// Generations that nobody reads any more and whose keys are to be removed, a set.
  var garbage: RedisKey { RedisKey("{\(prefix)}:index:garbage") }

  /// Partitions that a generation has, a set: without it one that is lost would look like one that never was.
  func partitions(of generation: Generation) -> RedisKey { RedisKey("{\(prefix)}:index:\(generation)") }

  func partition(_ partition: PartitionID, _ generation: Generation) -> PartitionKeys {
    PartitionKeys(base: "\(prefix):{\(partition)}:\(generation):")
  }
}

/// The keys of one partition in one generation.
struct PartitionKeys: Sendable {
  let base: String

  /// Generation `g`, epoch `e`, watermark `w`, newest flush `f`, commits `c`, objects ever `n`, sealed `s`, staged `u`.
  var head: RedisKey { RedisKey(base + "h") }
  /// Objects by number, a hash.
  var objects: RedisKey { RedisKey(base + "o") }
  /// Names of streams by number, a list.
  var streams: RedisKey { RedisKey(base + "s") }
  /// What dead letters each flush published, a list.
  var letters: RedisKey { RedisKey(base + "l") }
  /// Ids of all dead letters, a set.
  var letterIDs: RedisKey { RedisKey(base + "d") }

  /// Services of a tenant and the numbers of their streams, a hash.
  func tenant(_ tenant: TenantID) -> RedisKey { RedisKey(base + "t" + tenant.text) }

  /// Names of the slices of a level, a sorted set.
  func slices(level: Int) -> RedisKey { RedisKey(base + "x\(level)") }

  /// Entries by the number of their stream, a hash.
  func slice(_ slice: TimeSlice) -> RedisKey { RedisKey(base + "c" + slice.name) }
}
