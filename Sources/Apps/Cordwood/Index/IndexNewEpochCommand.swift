import Application
import Composition
import Domain

/// `cordwood index new-epoch`: goes on with a log that took the place of the one that the index knows.
enum IndexNewEpochCommand {
  static let partition = Setting(
    "CORDWOOD_PARTITION", .count(in: 0...65_535), otherwise: "every partition that stands still for it",
    "The partition that is to go on.")

  static let command = Command(
    CommandSpecification(
      name: "index new-epoch", summary: "Go on with a log that was deleted or replaced",
      discussion: """
        A partition whose log is another than the one that the index knows stands still: what it had not packed into \
        objects may still be in the old one. Put the old log back if you have it. Else this says that it is gone: a gap, \
        which every query of that time names. What is stored stays, and batches that agents send again are not stored \
        twice. Works through the running server, or, where none has the data folder, on the folder itself.
        """,
      examples: [
        CommandExample("cordwood index new-epoch --data-dir /var/lib/cordwood", "every partition that needs it"),
        CommandExample("cordwood index new-epoch --partition 3", "one of them"),
      ],
      settings: [ServeSettings.dataDirectory, partition])
  ) { settings, console in
    try await OperatorConnection.open(settings[ServeSettings.dataDirectory], console: console) { connection in
      do throws(IndexOperationError) {
        let changes = try await connection.index.beginEpoch(of: settings[partition].map { PartitionID($0) })
        for change in changes { try? console.print(text(change)) }
        if changes.isEmpty { try? console.print("nothing to do: the logs are those that the index knows") }
      } catch { throw IndexFailure(error) }
      return .done
    }
  }

  private static func text(_ change: EpochChange) -> String {
    "partition \(change.partition) goes on with log epoch \(change.begun); of \(change.replaced), what lay behind offset "
      + "\(change.watermark) is a gap"
  }
}
