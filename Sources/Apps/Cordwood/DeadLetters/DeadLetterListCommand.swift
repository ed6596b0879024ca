import Application
import Composition
import Domain

/// `cordwood dlq list`: which dead letters there are.
enum DeadLetterListCommand {
  static let limit = Setting(
    "CORDWOOD_LIMIT", .count(in: 1...100_000_000), default: 100, "How many letters to show at most.")

  static let command = Command(
    CommandSpecification(
      name: "dlq list", summary: "List the dead letters, the oldest first",
      discussion: """
        What broke a rule for good is kept with its reason: events that no rule allows, batches that came twice with \
        different content or too late, bytes that cannot be decoded. Works through the running server, or, where none has \
        the data folder, on the folder itself. What the log's owner found is listed once its flush is committed; \
        --uncommitted lists what is left of flushes that are not.
        """,
      examples: [
        CommandExample("cordwood dlq list --reason sequence-conflict --from 1d", "The conflicts of the last day.")
      ],
      settings: [DeadLetterSettings.dataDirectory] + DeadLetterSettings.selection
        + [DeadLetterSettings.uncommitted, limit, DeadLetterSettings.output])
  ) { settings, console in
    let selection = try DeadLetterSettings.selection(
      settings, isUncommitted: settings[DeadLetterSettings.uncommitted])
    let output = DeadLetterSettings.output(settings, console)
    return try await OperatorConnection.open(settings[DeadLetterSettings.dataDirectory], console: console) {
      connection in
      var position: UInt64? = 0
      var count = 0
      while let from = position, count < settings[limit] {
        let page = try await DeadLetterFailure.translating { () async throws(DeadLetterOperationsError) in
          try await connection.deadLetters.list(selection, from: from, limit: min(1_000, settings[limit] - count))
        }
        for letter in page.letters {
          switch output {
          case .text: try console.print(DeadLetterLine.text(letter, console.output))
          case .json: try console.print(try JSONLine.text(DeadLetterDocument(letter)))
          }
        }
        count += page.letters.count
        position = page.next
      }
      let more = position == nil ? "" : "; more follow: a larger --limit, or a narrower selection"
      console.note("\(count) dead \(count == 1 ? "letter" : "letters")\(more)")
      return .done
    }
  }
}
