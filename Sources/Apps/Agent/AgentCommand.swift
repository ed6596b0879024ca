import Composition
import Transport

@main
struct AgentCommand {
  static let program = Program(
    name: "cordwood-agent", version: Version.text, summary: "Ship log events to Cordwood",
    commands: [ImportCommand.command, GenerateCommand.command, TailCommand.command],
    keysOfOthers: [
      "CORDWOOD_LEVEL", "CORDWOOD_MIN_LEVEL", "CORDWOOD_CONTAINS", "CORDWOOD_TRACE_ID", "CORDWOOD_FROM", "CORDWOOD_TO",
      "CORDWOOD_LIMIT", "CORDWOOD_CURSOR", "CORDWOOD_OUTPUT", "CORDWOOD_EVENTS", "CORDWOOD_REASON", "CORDWOOD_FORCE",
    ])

  static func main() {
    MessageMemory.keepFreed()
    program.main()
  }
}
