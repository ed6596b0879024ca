import Application
import Composition
import SQLiteAdapter

/// `cordwood index rebuild`: makes the index again from snapshots and objects.
enum IndexRebuildCommand {
  static let command = Command(
    CommandSpecification(
      name: "index rebuild", summary: "Make the index again from what is in the object store",
      discussion: """
        For an index that was lost, damaged or put back from an old copy. Begins with the newest snapshot of each partition \
        and follows the flushes behind it. Until it is done nothing is flushed and no answer is complete; the server goes \
        on by itself then. A file that cannot be read is moved aside, with "aside" in its name. Works through the running \
        server, or, where none has the data folder, on the folder itself.
        """,
      examples: [CommandExample("cordwood index rebuild", "the index of the server on ./cordwood-data")],
      settings: [ServeSettings.dataDirectory])
  ) { settings, console in
    try await OperatorConnection.open(settings[ServeSettings.dataDirectory], damagedIndex: .moveAside, console: console)
    { connection in
      let report: RebuildReport
      do throws(IndexOperationError) {
        report = try await connection.index.rebuild { progress in
          console.note(RebuildSummary.line(progress))
        }
      } catch { throw IndexFailure(error) }
      for line in RebuildSummary.lines(report) { try console.print(PrintableText.make(line, newline: " ")) }
      return .done
    }
  }
}
