import Application
import Composition

/// `cordwood index init`: writes the index's first generation marker.
enum IndexInitCommand {
  static let discard = Setting(
    "CORDWOOD_DISCARD", .onOff, default: false,
    "Also where there are objects: they are no longer found, until \"cordwood index rebuild\".")

  static let command = Command(
    CommandSpecification(
      name: "index init", summary: "Give an empty index its generation marker",
      discussion: """
        The server does this by itself where index and object store are both empty. Where there are objects and an index \
        without a marker, the index was lost: make it again with "cordwood index rebuild". Works through the running \
        server, or, where none has the data folder, on the folder itself.
        """,
      examples: [CommandExample("cordwood index init --data-dir /var/lib/cordwood", "an index for a new folder")],
      settings: [ServeSettings.dataDirectory, discard])
  ) { settings, console in
    try await OperatorConnection.open(settings[ServeSettings.dataDirectory], console: console) { connection in
      do throws(IndexOperationError) {
        let generation = try await connection.index.initialise(discarding: settings[discard])
        try? console.print("the index is initialised: generation \(generation)")
      } catch { throw IndexFailure(error) }
      return .done
    }
  }
}
