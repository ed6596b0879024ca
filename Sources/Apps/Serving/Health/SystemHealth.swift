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
    var problems = [await index.problem()].compactMap { $0 }
    do throws(EventLogError) {
      problems += try await log.partitions().problems { [recents] in await recents.problem(of: $0) }
    } catch { problems.append("the log does not answer: \(error)") }
    guard let place else { return problems }
    // A partition that stopped may say the same already.
    return problems
      + (await place.problems()).filter { problem in !problems.contains { $0.contains(problem) } }
  }

  package func notes() async -> [String] { await place?.notes() ?? [] }
}
