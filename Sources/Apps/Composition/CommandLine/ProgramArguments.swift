/// Reads a command line and an environment against the tables of a program.
///
/// A flag goes before the environment, the environment before the default; of a flag given twice, the last counts.
/// `--flag value` and `--flag=value` are the same; `--` ends the flags; an environment variable that is set and empty counts
/// as not set, as compose files and shells write it.
package struct ProgramArguments: Sendable {
  package let specification: ProgramSpecification

  package init(_ specification: ProgramSpecification) {
    self.specification = specification
  }

  /// Words that mean the same for every command. `--print-configuration` is for `make docs` and not in the help.
  static let reservedFlags = ["--help", "-h", "--version", printConfiguration]
  private static let printConfiguration = "--print-configuration"

  /// - Parameters:
  ///   - arguments: Without the name of the program.
  ///   - width: Columns to wrap help to.
  package func parse(
    _ arguments: [String], environment: [String: String], width: Int = HelpText.defaultWidth
  ) throws(UsageError) -> Invocation {
    let help = HelpText(specification, width: width)
    guard let first = arguments.first else { throw UsageError("a command is missing: expected \(oneOf(commandNames))") }
    switch first {
    case "--help", "-h": return .print(help.ofProgram)
    case "--version": return .print("\(specification.name) \(specification.version)")
    case Self.printConfiguration: return .print(ConfigurationDocument.section(for: specification))
    case "help":
      guard arguments.count > 1 else { return .print(help.ofProgram) }
      return .print(help.of(try command(named: arguments[1])))
    default: break
    }
    let command = try command(named: first)
    let rest = arguments.dropFirst()
    if rest.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
      return .print(help.of(command))
    }
    return .run(command: command.name, try settings(of: command, Array(rest), environment))
  }

  private var commandNames: [String] { specification.commands.map(\.name) }

  private func command(named name: String) throws(UsageError) -> CommandSpecification {
    if let command = specification.commands.first(where: { $0.name == name }) { return command }
    let suggestion = Suggestion.clause(for: name, among: commandNames)
    let kind = name.hasPrefix("-") ? "flag before the command" : "command"
    throw UsageError("unknown \(kind) \"\(name)\": expected \(oneOf(commandNames))\(suggestion)")
  }

  private func settings(
    of command: CommandSpecification, _ arguments: [String], _ environment: [String: String]
  ) throws(UsageError) -> Settings {
    var reader = SettingsReader(command)
    reader.read(environment: environment, allowing: specification.keys + specification.keysOfOthers)
    reader.read(arguments: arguments)
    return try reader.finish()
  }
}
