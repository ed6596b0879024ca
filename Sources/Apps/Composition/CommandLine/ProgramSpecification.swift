/// A program and its commands, as data.
package struct ProgramSpecification: Sendable {
  package let name: String
  package let version: String
  /// One line without a full stop.
  package let summary: String
  /// In the order in which they are printed; at least one.
  package let commands: [CommandSpecification]
  /// Environment variables that begin with `CORDWOOD_` and are meant for another program of the project, so that one
  /// environment can serve all of them.
  package let keysOfOthers: [String]

  package init(
    name: String, version: String, summary: String, commands: [CommandSpecification], keysOfOthers: [String] = []
  ) {
    self.name = name
    self.version = version
    self.summary = summary
    self.commands = commands
    self.keysOfOthers = keysOfOthers
  }

  /// The command of a program that does one thing, and has no word for it; else nil.
  var onlyCommand: CommandSpecification? { commands.count == 1 ? commands.first { $0.name.isEmpty } : nil }

  /// Every key of every command, each once, in order.
  package var keys: [String] {
    var seen: Set<String> = []
    return commands.flatMap(\.settings).map(\.key).filter { seen.insert($0).inserted }
  }
}
