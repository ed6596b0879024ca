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
        is in them is gone for good. The queue is bounded: when it is full, batches with something for it are pushed back.
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
    let count = Lock(0)
    try await OperatorConnection.open(settings[DeadLetterSettings.dataDirectory]) { connection in
      try await DeadLetterFailure.translating(isChange: true) { () async throws(DeadLetterOperationsError) in
        try await connection.deadLetters.drop(selection, isForced: settings[DeadLetterReplayCommand.force]) { dropped in
          count.withLock { $0 += dropped }
        }
      }
    }
    let dropped = count.withLock { $0 }
    try console.print("\(dropped) dead \(dropped == 1 ? "letter" : "letters") dropped")
    return .done
  }
}
