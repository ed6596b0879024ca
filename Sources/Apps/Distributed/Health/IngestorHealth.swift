package import Application
import Domain
import Serving

/// Whether an ingestor can take events in: every partition of the log answers.
package struct IngestorHealth: Health {
  private let log: any EventLog
  private let index: any ChunkIndex

  package init(log: any EventLog, index: any ChunkIndex) {
    self.log = log
    self.index = index
  }

  package func problems() async -> [String] {
    do throws(EventLogError) { return try await log.partitions().problems { await problem(of: $0) } } catch {
      return ["the log does not answer: \(error)"]
    }
  }

  /// Events are taken in without the index, too.
  package func notes() async -> [String] {
    do throws(ChunkIndexError) {
      return try await index.generation() == nil ? ["the index has no generation marker"] : []
    } catch { return ["the index does not answer: \(error)"] }
  }

  private func problem(of partition: PartitionID) async -> String? {
    do throws(EventLogError) {
      _ = try await log.bounds(of: partition)
      return nil
    } catch { return "partition \(partition) of the log does not answer: \(error)" }
  }
}
