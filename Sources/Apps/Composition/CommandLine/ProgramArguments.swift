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
    if let command = specification.onlyCommand { return try parse(arguments, environment, command, help) }
    guard let first = arguments.first else { throw UsageError("a command is missing: expected \(oneOf(commandNames))") }
    switch first {
    case "--help", "-h": return .print(help.ofProgram)
    case "--version": return .print("\(specification.name) \(specification.version)")
    case Self.printConfiguration: return .print(ConfigurationDocument.section(for: specification))
    case "help":
      guard arguments.count > 1 else { return .print(help.ofProgram) }
      if arguments.count == 2, isGroup(arguments[1]) { return .print(help.ofGroup(arguments[1])) }
      return .print(help.of(try command(arguments.dropFirst())))
    default: break
    }
    if arguments.count == 2, isGroup(first), ["--help", "-h"].contains(arguments[1]) {
      return .print(help.ofGroup(first))
    }
    let command = try command(arguments[...])
    let rest = arguments.dropFirst(command.words.count)
    if rest.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
      return .print(help.of(command))
    }
    return .run(command: command.name, try settings(of: command, Array(rest), environment))
  }

  /// For a program that does one thing.
  private func parse(
    _ arguments: [String], _ environment: [String: String], _ command: CommandSpecification, _ help: HelpText
  ) throws(UsageError) -> Invocation {
    switch arguments.first {
    case "--version": return .print("\(specification.name) \(specification.version)")
    case Self.printConfiguration: return .print(ConfigurationDocument.section(for: specification))
    case "help": return .print(help.of(command))
    default: break
    }
    if arguments.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
      return .print(help.of(command))
    }
    return .run(command: command.name, try settings(of: command, arguments, environment))
  }

  /// First words, each once.
  private var commandNames: [String] {
    var seen: Set<String> = []
    return specification.commands.map(\.words[0]).filter { seen.insert($0).inserted }
  }

  /// Whether commands of two words begin with this one.
  private func isGroup(_ word: String) -> Bool {
    specification.commands.contains { $0.words.count == 2 && $0.words[0] == word }
  }

  /// The command whose words stand at the beginning of `arguments`, which are not empty.
  private func command(_ arguments: ArraySlice<String>) throws(UsageError) -> CommandSpecification {
    if let command = specification.commands.first(where: { arguments.starts(with: $0.words) }) { return command }
    let name = arguments[arguments.startIndex]
    let seconds = specification.commands.filter { $0.words.count == 2 && $0.words[0] == name }.map(\.words[1])
    if !seconds.isEmpty {
      guard let second = arguments.dropFirst().first, !second.hasPrefix("-") else {
        throw UsageError("\(name) needs a second word: expected \(oneOf(seconds))")
      }
      throw UsageError(
        "unknown command \"\(name) \(second)\": expected \(name) and \(oneOf(seconds))\(Suggestion.clause(for: second, among: seconds))"
      )
    }
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
