import Composition
import Threads
import Transport

@main
struct CordwoodCommand {
  static let program = Program(
    name: "cordwood", version: Version.text, summary: "Cordwood: logs kept whole, compact and searchable",
    commands: [
      ServeCommand.command, QueryCommand.command, InspectCommand.command, DeadLetterListCommand.command,
      DeadLetterShowCommand.command, DeadLetterReplayCommand.command, DeadLetterDropCommand.command,
      DoctorCommand.command,
    ],
    keysOfOthers: [
      "CORDWOOD_SKIP_BAD_LINES", "CORDWOOD_TIMESTAMP_FIELD", "CORDWOOD_SERVICE_FIELD", "CORDWOOD_MESSAGE_FIELD",
      "CORDWOOD_LEVEL_FIELD", "CORDWOOD_TRACE_FIELD", "CORDWOOD_SPAN_FIELD", "CORDWOOD_RATE", "CORDWOOD_COUNT",
      "CORDWOOD_SEED",
    ])

  static func main() {
    MessageMemory.keepFreed()
    DescriptorLimit.raise()
    program.main()
  }
}
