import Application
import Composition
import Domain
import Threads
import Serving

/// `cordwood dlq replay`: sends dead letters again.
enum DeadLetterReplayCommand {
  static let limit = Setting<Int?>(
    "CORDWOOD_LIMIT", .count(in: 1...100_000_000), otherwise: "all of them", "How many letters to replay at most.")
  static let force = Setting(
    "CORDWOOD_FORCE", .onOff, default: false,
    "Go ahead where something may be stored twice (replay) or lost for good (drop).")

  static let command = Command(
    CommandSpecification(
      name: "dlq replay", summary: "Send dead letters again; the events of each are there once, however often",
      discussion: """
        Each letter goes through the same door as all batches, under an identity of its own that never changes: replaying it \
        again adds nothing. Events keep their times. A letter that still breaks a rule stays where it is, with that rule.

        Those that came too late (behind-window, producer-expired) may be stored already under their first identity, so they are \
        sent only with --force. What came of a replay is kept with the letter; "cordwood dlq drop" forgets those that were \
        accepted.
        """,
      examples: [
        CommandExample("cordwood dlq replay --reason sequence-conflict --tenant shop", "All conflicts of a tenant."),
        CommandExample("cordwood dlq replay 17 18", "Two letters, by their numbers in the list."),
      ],
      settings: [DeadLetterSettings.dataDirectory] + DeadLetterSettings.selection
        + [limit, force, IntakeSettings.maximumStreams, DeadLetterSettings.output],
      operands: DeadLetterSettings.numbers)
  ) { settings, console in
    let selection = try DeadLetterSettings.selection(settings)
    let output = DeadLetterSettings.output(settings, console)
    var ingest = IngestConfiguration()
    ingest.maximumStreams = settings[IntakeSettings.maximumStreams]
    let tally = ReplayTally()
    let failure = Lock<(any Error)?>(nil)
    try await OperatorConnection.open(settings[DeadLetterSettings.dataDirectory], ingest: ingest, console: console) {
      connection in
      try await DeadLetterFailure.translating(isChange: true) { () async throws(DeadLetterOperationsError) in
        try await connection.deadLetters.replay(
          selection, limit: settings[limit] ?? .max, isForced: settings[force]
        ) { letter in
          tally.count(letter)
          do {
            switch output {
            case .text: try console.print(ReplayTally.line(letter))
            case .json: try console.print(try JSONLine.text(ReplayTally.Document(letter)))
            }
          } catch { failure.withLock { $0 = error } }
        }
      }
    }
    console.note(tally.text)
    if let failure = failure.withLock({ $0 }) { throw failure }
    return tally.isWhole ? .done : .failed
  }
}
