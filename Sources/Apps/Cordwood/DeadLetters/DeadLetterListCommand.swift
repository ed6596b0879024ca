import Application
import Composition
import Domain
import FoundationEssentials

/// `cordwood dlq list`: which dead letters there are.
enum DeadLetterListCommand {
  static let limit = Setting(
    "CORDWOOD_LIMIT", .count(in: 1...1_000_000), default: 100, "How many letters to show at most, the oldest first.")

  static let command = Command(
    CommandSpecification(
      name: "dlq list", summary: "List the dead letters, the oldest first",
      discussion: """
        What broke a rule for good is kept with its reason: events that no rule allows, batches that came twice with \
        different content or too late, bytes that cannot be decoded. Works through the running server, or, where none has \
        the data folder, on the folder itself.
        """,
      examples: [
        CommandExample("cordwood dlq list --reason sequence-conflict --from 1d", "the conflicts of the last day")
      ],
      settings: [DeadLetterSettings.dataDirectory] + DeadLetterSettings.selection + [limit, DeadLetterSettings.output])
  ) { settings, console in
    let now = Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1e9))
    let selection = try DeadLetterSettings.selection(settings, now: now)
    return try await OperatorConnection.open(settings[DeadLetterSettings.dataDirectory]) { connection in
      var position: UInt64? = 0
      var count = 0
      while let from = position, count < settings[limit] {
        let page: DeadLetterList
        do throws(DeadLetterOperationsError) {
          page = try await connection.deadLetters.list(
            selection, from: from, limit: min(1_000, settings[limit] - count))
        } catch { throw DeadLetterFailure(error) }
        for letter in page.letters {
          let tenant = PrintableText.make(letter.tenant?.text ?? "-", newline: " ")
          try console.print("\(RFC3339.text(letter.time)) \(letter.reason.text) \(tenant)")
        }
        count += page.letters.count
        position = page.next
      }
      return .done
    }
  }
}
