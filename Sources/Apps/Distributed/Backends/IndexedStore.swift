package import Application
package import RedisAdapter
import S3Adapter
package import Serving

/// Index and object store as the use cases want them: metered, and writes and reads of objects repeated where that helps.
package struct IndexedStore: Sendable {
  package let redis: RedisClient
  package let index: any ChunkIndex
  package let store: any ObjectStore
  private let objects: S3ObjectStore

  /// - Parameter isWritten: With that the bucket is made if it is missing.
  package static func open(_ opening: BackendOpening, isWritten: Bool, in process: ServingProcess) async throws -> Self
  {
    let redis = try await opening.redis()
    let objects: S3ObjectStore
    do { objects = try await opening.store(isWritten ? .readWrite : .readOnly) } catch {
      await redis.close()
      throw error
    }
    let (clock, telemetry) = (process.clock, process.telemetry)
    return IndexedStore(
      redis: redis,
      index: MeteredChunkIndex(RedisChunkIndex(redis, telemetry: telemetry), clock: clock, telemetry: telemetry),
      store: MeteredObjectStore(RetryingObjectStore(objects, clock: clock), clock: clock, telemetry: telemetry),
      objects: objects)
  }

  /// Nothing may be under way.
  package func close() async {
    await redis.close()
    await objects.close()
  }
}
