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
      IndexInitCommand.command, IndexRebuildCommand.command, IndexNewEpochCommand.command, DoctorCommand.command,
    ],
    keysOfOthers: [
      "CORDWOOD_SKIP_BAD_LINES", "CORDWOOD_TIMESTAMP_FIELD", "CORDWOOD_SERVICE_FIELD", "CORDWOOD_MESSAGE_FIELD",
      "CORDWOOD_LEVEL_FIELD", "CORDWOOD_TRACE_FIELD", "CORDWOOD_SPAN_FIELD", "CORDWOOD_RATE", "CORDWOOD_COUNT",
      "CORDWOOD_SEED",
      "CORDWOOD_START_AT", "CORDWOOD_EXCLUDE", "CORDWOOD_ATTRIBUTE", "CORDWOOD_PATH_PATTERN", "CORDWOOD_FORMAT",
      "CORDWOOD_MULTILINE", "CORDWOOD_MULTILINE_TIMEOUT", "CORDWOOD_ZONE", "CORDWOOD_PARTIAL_LINE_TIMEOUT",
      "CORDWOOD_BATCH_WAIT", "CORDWOOD_FIND_INTERVAL", "CORDWOOD_COPY_SETTLE", "CORDWOOD_MAX_OPEN_FILES",
      "CORDWOOD_SPOOL_SIZE", "CORDWOOD_STOP_TIMEOUT", "CORDWOOD_METRICS_PORT",
    ])

  static func main() {
    MessageMemory.keepFreed()
    DescriptorLimit.raise()
    program.main()
  }
}
