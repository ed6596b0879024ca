package import Application
package import Domain
import Threads

/// The chunk index in Redis, shared by all processors and query services.
///
/// All that is kept of a partition lies in one hash slot, in keys whose names hold the generation; one small hash, the marker,
/// says which generation that is and whether the index is whole. Readers look at the marker after they have read: if it names
/// another generation by then, they read again. So a rebuild is switched to in one step, also in a cluster.
package final class RedisChunkIndex: ChunkIndex {
  /// Chunks that one look-up answers at most, about 200 MB of memory. What overlaps more is refused: ask for less time.
  package static let maximumChunksFound = 1_000_000
  /// How often a reader begins again because a rebuild was switched to meanwhile.
  private static let attempts = 5

  let redis: any RedisServing
  let keys: IndexKeys
  let telemetry: any Telemetry
  private let known = Lock<IndexMarker?>(nil)

  package convenience init(_ client: RedisClient, telemetry: any Telemetry) {
    self.init(client, prefix: client.configuration.prefix, telemetry: telemetry)
  }

  init(_ redis: any RedisServing, prefix: String, telemetry: any Telemetry) {
    self.redis = redis
    keys = IndexKeys(prefix: prefix)
    self.telemetry = telemetry
  }

  package func generation() async throws(ChunkIndexError) -> Generation? { try await marker().generation }

  package func initialise(_ generation: Generation) async throws(ChunkIndexError) {
    let reply = try await call(RedisScript.initialise, keys.marker, [generation.text], isDurable: true)
    let found: Generation?
    do throws(RedisError) { found = try IndexMarker.generation(reply) } catch { throw ChunkIndexError(error) }
    if let found { throw .alreadyInitialised(found) }
  }

  package func time() async throws(ChunkIndexError) -> Timestamp {
    do throws(RedisError) {
      return try Timestamp(time: try await redis.run(RedisCommand("TIME"), near: keys.marker).elements(of: "TIME"))
    } catch { throw ChunkIndexError(error) }
  }

  /// The marker as it is now.
  func marker() async throws(ChunkIndexError) -> IndexMarker {
    let marker: IndexMarker
    let reply = try await call(RedisScript.readMarker, keys.marker)
    do throws(RedisError) { marker = try IndexMarker(reply) } catch { throw ChunkIndexError(error) }
    known.withLock { $0 = marker }
    return marker
  }

  /// Reads with `body` what the generation has whose data is read; again if that changed meanwhile.
  ///
  /// - Returns: Also the marker after the reading; without data nothing is read.
  func reading<Content: Sendable>(
    _ body: (Generation) async throws(ChunkIndexError) -> Content?
  ) async throws(ChunkIndexError) -> (content: Content?, marker: IndexMarker) {
    var before = known.withLock { $0 }
    for _ in 0..<Self.attempts {
      var content: Content?
      if let data = before?.data { content = try await body(data) }
      let after = try await marker()
      if after.data == before?.data, content != nil || after.data == nil { return (content, after) }
      before = after
    }
    throw .unavailable(retryAfter: .milliseconds(500), reason: "index: it is being rebuilt, again and again")
  }

  /// The same for one partition.
  func readingPartition<Content: Sendable>(
    _ partition: PartitionID, _ body: (PartitionKeys) async throws(ChunkIndexError) -> PartitionAttempt<Content>
  ) async throws(ChunkIndexError) -> (reading: PartitionReading<Content>, marker: IndexMarker) {
    let (reading, marker) = try await reading {
      (data) async throws(ChunkIndexError) -> PartitionReading<Content>? in
      var isKnown = false
      while true {
        switch try await body(keys.partition(partition, data)) {
        case .found(let content): return .found(content)
        case .swept: return nil
        // What is registered was there before: a look after that tells one that is lost from one that was just opened.
        case .absent where isKnown: return .lost
        case .absent:
          isKnown = try await isRegistered(partition, data)
          if !isKnown { return .empty }
        }
      }
    }
    return (reading ?? .empty, marker)
  }

  /// Whether a partition was ever committed to, or was about to be: it is opened before it is registered.
  func isRegistered(_ partition: PartitionID, _ generation: Generation) async throws(ChunkIndexError) -> Bool {
    let command = RedisCommand("SISMEMBER", keys.partitions(of: generation), [.init(decimal: partition.number)])
    do throws(RedisError) {
      return try await redis.run(command, near: keys.marker).integer(of: "SISMEMBER") == 1
    } catch { throw ChunkIndexError(error) }
  }

  /// The partitions that a generation has, sorted.
  func registered(_ generation: Generation) async throws(ChunkIndexError) -> [PartitionID] {
    do throws(RedisError) {
      let reply = try await redis.run(
        RedisCommand("SMEMBERS", keys.partitions(of: generation)), near: keys.marker)
      var partitions: [PartitionID] = []
      for member in try reply.elements(of: "SMEMBERS") {
        guard let number = Int(exactly: try member.number(of: "SMEMBERS")) else {
          throw .corrupt("a partition has no number")
        }
        partitions.append(PartitionID(number))
      }
      return partitions.sorted()
    } catch { throw ChunkIndexError(error) }
  }

  func call(
    _ script: RedisScript, _ key: RedisKey, _ arguments: [[UInt8]] = [], isDurable: Bool = false
  ) async throws(ChunkIndexError) -> RedisReply {
    do throws(RedisError) {
      return try await redis.run(RedisCommand(script, key, arguments), near: key, isDurable: isDurable)
    } catch { throw ChunkIndexError(error) }
  }

  func run(_ commands: [RedisCommand], near key: RedisKey) async throws(ChunkIndexError) -> [RedisReply] {
    do throws(RedisError) { return try await redis.run(commands, near: key, isDurable: false) } catch {
      throw ChunkIndexError(error)
    }
  }

  /// The answer to a command on a partition's keys; nil if the partition is not there, or went away meanwhile.
  func answer(to command: RedisCommand, in place: PartitionKeys) async throws(ChunkIndexError) -> RedisReply? {
    let replies = try await run([command, RedisCommand("EXISTS", place.head)], near: place.head)
    return replies.last == .integer(1) ? replies.first : nil
  }

  static func gone(_ partition: PartitionID) -> ChunkIndexError {
    .corrupt(reason: "index: what redis had of partition \(partition) is gone")
  }
}

extension Generation {
  var text: [UInt8] { Array(description.utf8) }
}

extension Timestamp {
  /// - Parameter parts: Seconds and microseconds, as `TIME` gives them.
  init(time parts: some Collection<RedisReply>) throws(RedisError) {
    guard parts.count == 2, let first = parts.first, let last = parts.dropFirst().first else {
      throw .corrupt("redis tells a strange time")
    }
    let (seconds, microseconds) = (try first.number(of: "TIME"), try last.number(of: "TIME"))
    self.init(nanoseconds: Int64(clamping: seconds) &* 1_000_000_000 &+ Int64(clamping: microseconds) &* 1_000)
  }
}
