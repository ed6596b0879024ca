/// Prints the tables of a program for a person at a terminal.
package struct HelpText: Sendable {
  package static let defaultWidth = 80

  private let program: ProgramSpecification
  private let width: Int

  /// - Parameter width: Columns of the terminal. Lines over 100 are hard to read and under 60 leave no room, so it is kept
  ///   between.
  package init(_ program: ProgramSpecification, width: Int = defaultWidth) {
    self.program = program
    self.width = min(max(width, 60), 100)
  }

  package var ofProgram: String {
    let column = (program.commands.map(\.name.count).max() ?? 0) + 4
    var lines = ["\(program.name) \(program.version)"] + wrap(program.summary + ".", to: width)
    lines += ["", "usage: \(program.name) COMMAND [SETTINGS]", "", "commands:"]
    for command in program.commands { lines += entry(command.name, command.summary, column: column) }
    let examples = program.commands.compactMap(\.examples.first)
    if !examples.isEmpty { lines += ["", "examples:"] + examples.flatMap(example) }
    lines += ["", "\(program.name) COMMAND --help tells more of a command."]
    return lines.joined(separator: "\n")
  }

  /// The commands of two words that begin with `word`.
  package func ofGroup(_ word: String) -> String {
    let commands = program.commands.filter { $0.words.count == 2 && $0.words[0] == word }
    let column = (commands.map(\.name.count).max() ?? 0) + 4
    var lines = ["usage: \(program.name) \(word) COMMAND [SETTINGS]", "", "commands:"]
    for command in commands { lines += entry(command.name, command.summary, column: column) }
    let examples = commands.compactMap(\.examples.first)
    if !examples.isEmpty { lines += ["", "examples:"] + examples.flatMap(example) }
    lines += ["", "\(program.name) \(word) COMMAND --help tells more of a command."]
    return lines.joined(separator: "\n")
  }

  package func of(_ command: CommandSpecification) -> String {
    var lines = wrap(command.summary + ".", to: width) + [""] + usage(command)
    if !command.discussion.isEmpty { lines += [""] + wrapParagraphs(command.discussion, to: width) }
    if !command.examples.isEmpty { lines += ["", "examples:"] + command.examples.flatMap(example) }
    if let operands = command.operands {
      lines += ["", "\(operands.placeholder):"] + wrap(operands.explanation, to: width - 2).map { "  " + $0 }
    }
    if !command.settings.isEmpty {
      lines += ["", "settings, as a flag or an environment variable:"]
      lines += command.settings.flatMap(setting)
    }
    return lines.joined(separator: "\n")
  }

  private func usage(_ command: CommandSpecification) -> [String] {
    let required = command.settings.filter(\.isRequired).map { flagAndPlaceholder($0) }
    let optional = command.settings.contains { !$0.isRequired } ? ["[SETTINGS]"] : []
    let operands = command.operands.map { [$0.placeholder] } ?? []
    return wrap(
      "usage: " + ([program.name] + command.words + required + optional + operands).joined(separator: " "), to: width)
  }

  private func setting(_ setting: SettingDeclaration) -> [String] {
    let second = [setting.key] + (Self.condition(setting).map { [$0] } ?? [])
    return ["  " + flagAndPlaceholder(setting)]
      + wrap(setting.explanation, to: width - 6).map { "      " + $0 }
      + wrap(second.joined(separator: "; "), to: width - 6).map { "      " + $0 }
  }

  /// `default 50051`, `required`; nil where there is nothing to say.
  static func condition(_ setting: SettingDeclaration) -> String? {
    setting.isRequired ? "required" : setting.defaultText.map { "default \($0)" }
  }

  private func flagAndPlaceholder(_ setting: SettingDeclaration) -> String {
    setting.placeholder.map { "\(setting.flag) \($0)" } ?? setting.flag
  }

  private func entry(_ name: String, _ text: String, column: Int) -> [String] {
    let lines = wrap(text, to: width - column)
    return lines.enumerated().map { index, line in (index == 0 ? "  " + name : "").padded(to: column) + line }
  }

  private func example(_ example: CommandExample) -> [String] {
    ["  \(example.command)"] + wrap(example.explanation, to: width - 6).map { "      " + $0 }
  }
}
