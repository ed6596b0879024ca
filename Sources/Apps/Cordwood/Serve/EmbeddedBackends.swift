import Application
import DiskAdapter
import Domain
import InProcessAdapter
import SQLiteAdapter
import Threads

/// The backends of the one-process system, opened in one data folder: `log/`, `objects/`, `dead-letters/`, `index.sqlite`.
struct EmbeddedBackends: Sendable {
  let log: DiskEventLog
  let store: DiskObjectStore
  let deadLetters: DiskDeadLetterQueue
  let index: SQLiteChunkIndex

  /// Opens them, or makes them.
  ///
  /// - Parameters:
  ///   - partitions: Nil to leave the log's as they are.
  ///   - damagedIndex: What is done with an index that cannot be read.
  /// - Throws: What cannot be opened; the others are closed again.
  static func open(
    _ folder: String, partitions: Int?, logKeepBytes: Int, pool: ThreadPool, clock: any WallClock,
    identifiers: any Identifiers, telemetry: any Telemetry, damagedIndex: SQLiteChunkIndex.DamagePolicy = .refuse
  ) async throws(OpeningError) -> EmbeddedBackends {
    var logConfiguration = DiskEventLogConfiguration(folder: folder + "/log", partitions: partitions ?? 1)
    logConfiguration.keepsPlacements = partitions == nil
    logConfiguration.keepBytes = logKeepBytes
    let log: DiskEventLog
    do throws(EventLogError) {
      log = try await DiskEventLog.open(
        logConfiguration, pool: pool, clock: clock, identifiers: identifiers, telemetry: telemetry)
    } catch { throw OpeningError("the log", in: folder, error) }
    let store: DiskObjectStore
    do throws(ObjectStoreError) {
      store = try await DiskObjectStore.open(
        folder + "/objects", pool: pool, identifiers: identifiers, telemetry: telemetry)
    } catch {
      await log.close()
      throw OpeningError("the objects", in: folder, error)
    }
    let deadLetters: DiskDeadLetterQueue
    do throws(DeadLetterQueueError) {
      deadLetters = try await DiskDeadLetterQueue.open(
        DiskDeadLetterQueueConfiguration(folder: folder + "/dead-letters"), pool: pool, telemetry: telemetry)
    } catch {
      await log.close()
      await store.close()
      throw OpeningError("the dead letters", in: folder, error)
    }
    do throws(ChunkIndexError) {
      let index = try await SQLiteChunkIndex.open(
        SQLiteChunkIndexConfiguration(path: folder + "/index.sqlite"), clock: clock, telemetry: telemetry,
        damaged: damagedIndex)
      return EmbeddedBackends(log: log, store: store, deadLetters: deadLetters, index: index)
    } catch {
      await log.close()
      await store.close()
      await deadLetters.close()
      throw OpeningError("the index", in: folder, error)
    }
  }

  /// Gives the folder free for another process. Nothing may be under way.
  func close() async {
    await index.close()
    await log.close()
    await store.close()
    await deadLetters.close()
  }
}
