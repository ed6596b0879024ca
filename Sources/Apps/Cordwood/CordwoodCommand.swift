import Composition

@main
struct CordwoodCommand {
  static let program = Program(
    name: "cordwood", version: Version.text, summary: "Cordwood: logs kept whole, compact and searchable",
    commands: [ServeCommand.command, QueryCommand.command, InspectCommand.command])

  static func main() { program.main() }
}
