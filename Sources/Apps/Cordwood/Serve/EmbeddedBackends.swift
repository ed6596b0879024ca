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

  /// Opens them, or makes them; writes the index's first generation marker if index and object store are both empty.
  ///
  /// - Parameter partitions: Nil to leave the log's as they are.
  static func open(
    _ folder: String, partitions: Int?, logKeepBytes: Int, pool: ThreadPool, clock: any WallClock,
    identifiers: any Identifiers,
    telemetry: any Telemetry
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
      store = try await DiskObjectStore.open(folder + "/objects", pool: pool, identifiers: identifiers)
    } catch { throw OpeningError("the objects", in: folder, error) }
    let deadLetters: DiskDeadLetterQueue
    do throws(DeadLetterQueueError) {
      deadLetters = try await DiskDeadLetterQueue.open(
        DiskDeadLetterQueueConfiguration(folder: folder + "/dead-letters"), pool: pool)
    } catch { throw OpeningError("the dead letters", in: folder, error) }
    let index: SQLiteChunkIndex
    do throws(ChunkIndexError) {
      index = try await SQLiteChunkIndex.open(
        SQLiteChunkIndexConfiguration(path: folder + "/index.sqlite"), clock: clock)
    } catch { throw OpeningError("the index", in: folder, error) }
    let backends = EmbeddedBackends(log: log, store: store, deadLetters: deadLetters, index: index)
    try await backends.initialiseIndex(folder, identifiers, telemetry)
    return backends
  }

  private func initialiseIndex(
    _ folder: String, _ identifiers: any Identifiers, _ telemetry: any Telemetry
  ) async throws(OpeningError) {
    do throws(ChunkIndexError) {
      if try await index.generation() != nil { return }
    } catch { throw OpeningError("the index", in: folder, error) }
    do throws(ObjectStoreError) {
      guard try await store.list(below: "", page: nil, limit: 1).keys.isEmpty else {
        telemetry.record(
          .trouble(
            area: "index",
            reason: "the index is empty and there are objects: it was lost. No answer is complete, nothing is flushed"))
        return
      }
    } catch { throw OpeningError("the objects", in: folder, error) }
    do throws(ChunkIndexError) { try await index.initialise(Generation(identifiers.next())) } catch {
      throw OpeningError("the index", in: folder, error)
    }
  }

  /// Gives the folder free for another process. Nothing may be under way.
  func close() async {
    await log.close()
    await store.close()
    await deadLetters.close()
  }
}
