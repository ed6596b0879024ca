import Application
import Composition
import Threads

/// `cordwood dlq drop`: forgets dead letters.
enum DeadLetterDropCommand {
  static let command = Command(
    CommandSpecification(
      name: "dlq drop", summary: "Forget dead letters that were replayed, and make room for others",
      discussion: """
        Without --force only letters whose replay was accepted: nothing is lost. With it, all that are selected, and what \
        is in them is gone for good. The queue is bounded: when it is full, batches with something for it are pushed back. \
        Status 1 says that something of what was selected stays.
        """,
      examples: [
        CommandExample("cordwood dlq drop", "All that were replayed."),
        CommandExample("cordwood dlq drop --force --reason undecodable", "Bytes that nobody can read."),
        CommandExample("cordwood dlq drop --uncommitted --force", "What is left of lost flushes; no server may run."),
      ],
      settings: [DeadLetterSettings.dataDirectory] + DeadLetterSettings.selection
        + [DeadLetterSettings.uncommitted, DeadLetterReplayCommand.force],
      operands: DeadLetterSettings.numbers)
  ) { settings, console in
    let selection = try DeadLetterSettings.selection(
      settings, isUncommitted: settings[DeadLetterSettings.uncommitted])
    let tally = Lock((dropped: 0, kept: 0))
    try await OperatorConnection.open(settings[DeadLetterSettings.dataDirectory], console: console) { connection in
      try await DeadLetterFailure.translating(isChange: true) { () async throws(DeadLetterOperationsError) in
        try await connection.deadLetters.drop(selection, isForced: settings[DeadLetterReplayCommand.force]) { drop in
          tally.withLock { $0 = ($0.dropped + drop.dropped, $0.kept + drop.kept) }
        }
      }
    }
    let (dropped, kept) = tally.withLock { $0 }
    try console.print("\(dropped) dead \(dropped == 1 ? "letter" : "letters") dropped")
    if kept == 0 { return .done }
    console.note(
      "\(kept) \(kept == 1 ? "was" : "were") not replayed with success and \(kept == 1 ? "stays" : "stay"): "
        + "\"cordwood dlq replay\" sends them again, --force drops them for good")
    // Without a choice those that were replayed are meant, and the others are no failure.
    return selection == DeadLetterSelection() ? .done : .failed
  }
}
