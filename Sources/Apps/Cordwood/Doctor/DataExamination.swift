import Application
import DiskAdapter
import Domain
import InProcessAdapter
import SQLiteAdapter
import Threads

/// What is in a data folder that no server has: index, log, objects and dead letters, each looked at without changing it and
/// in bounded time.
struct DataExamination: Examination {
  /// Objects of which the footer is read: those committed last, which a crash or a copy would miss first.
  static let sampledObjects = 16
  /// For reading the log: some GB from a fast disk.
  static let logBudget = Duration.seconds(5)

  let folder: String
  let pool: ThreadPool

  func findings() async -> [Finding] {
    let store = DiskObjectStore(asItIs: folder + "/objects", pool: pool, identifiers: RandomIdentifiers())
    let objects = await ObjectFindings.areThere(in: store)
    let path = folder + "/index.sqlite"
    let index = await pool.run { () -> Result<SQLiteIndexSurvey?, ChunkIndexError> in
      do throws(ChunkIndexError) { return .success(try SQLiteIndexSurvey(path, newest: Self.sampledObjects)) } catch {
        return .failure(error)
      }
    }
    var findings = IndexFindings(path: path, hasObjects: objects ?? false).findings(index)
    let survey = (try? index.get()) ?? nil
    findings += await pool.run { log(survey) }
    findings += await ObjectFindings.findings(store, survey, areThere: objects)
    findings.append(await pool.run { LetterFindings.finding(in: folder + "/dead-letters") })
    return findings
  }

  private func log(_ index: SQLiteIndexSurvey?) -> [Finding] {
    do throws(EventLogError) {
      return LogFindings(heads: index?.heads ?? [:], hasServed: index?.generation != nil).findings(
        try LogSurvey(folder + "/log", budget: Self.logBudget))
    } catch {
      return [
        .error("log", "it cannot be looked at: \(error)", "let the user who runs the server read '\(folder)/log'")
      ]
    }
  }
}
