package import Application
import Domain

/// Whether the process can do its work: the index has its generation marker, and every partition has an owner.
package struct SystemHealth: Health {
  private let log: any EventLog
  private let index: any ChunkIndex
  private let recents: any RecentEvents
  private let place: (any Health)?

  /// - Parameter place: Of where the backends are, if that is this machine; nil for backends elsewhere.
  package init(
    log: any EventLog, index: any ChunkIndex, recents: any RecentEvents, place: (any Health)? = nil
  ) {
    self.log = log
    self.index = index
    self.recents = recents
    self.place = place
  }

  package func problems() async -> [String] {
    var problems: [String] = []
    do throws(ChunkIndexError) {
      if try await index.generation() == nil {
        problems.append("the index has no generation marker: it was lost, or belongs to other objects")
      }
    } catch { problems.append("the index does not answer: \(error)") }
    do throws(EventLogError) {
      for partition in try await log.partitions() {
        if let problem = await recents.problem(of: partition) { problems.append(problem) }
      }
    } catch { problems.append("the log does not answer: \(error)") }
    guard let place else { return problems }
    // A partition that stopped may say the same already.
    return problems
      + (await place.problems()).filter { problem in !problems.contains { $0.contains(problem) } }
  }

  package func notes() async -> [String] { await place?.notes() ?? [] }
}
