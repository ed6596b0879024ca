import Composition
import Threads
import Transport

@main
struct AgentCommand {
  static let program = Program(
    name: "cordwood-agent", version: Version.text, summary: "Ship log events to Cordwood",
    commands: [TailCommand.command, ImportCommand.command, GenerateCommand.command],
    keysOfOthers: [
      "CORDWOOD_LEVEL", "CORDWOOD_MIN_LEVEL", "CORDWOOD_CONTAINS", "CORDWOOD_TRACE_ID", "CORDWOOD_FROM", "CORDWOOD_TO",
      "CORDWOOD_LIMIT", "CORDWOOD_CURSOR", "CORDWOOD_OUTPUT", "CORDWOOD_EVENTS", "CORDWOOD_REASON", "CORDWOOD_FORCE",
      "CORDWOOD_DISCARD", "CORDWOOD_PARTITION", "CORDWOOD_UNCOMMITTED",
    ])

  static func main() {
    MessageMemory.keepLittle()
    DescriptorLimit.raise()
    program.main()
  }
}
