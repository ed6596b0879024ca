import Composition

@main
struct CordwoodCommand {
  static func main() {
    Program(
      name: "cordwood", version: Version.text, summary: "Cordwood: logs kept whole, compact and searchable",
      commands: [ServeCommand.command]
    ).main()
  }
}
