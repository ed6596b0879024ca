/// `docs/configuration.md`, printed from the tables that the programs parse with.
package enum ConfigurationDocument {
  /// The settings of all commands of one program, as a section of the document (Markdown, without a newline at its end).
  /// Deterministic: the same tables give the same bytes.
  package static func section(for program: ProgramSpecification) -> String {
    (["## `\(program.name)`", "", "\(program.summary).", ""] + [markdown(for: program.commands, of: program.name)])
      .joined(separator: "\n")
  }

  /// A table a command, in their order.
  package static func markdown(for commands: [CommandSpecification], of program: String) -> String {
    commands.map { command in
      var lines = ["### `\(program)\(command.suffix)`", "", "\(command.summary).", ""]
      if let operands = command.operands {
        lines += ["Operands: `\(escaped(operands.placeholder))`, \(operands.explanation).", ""]
      }
      guard !command.settings.isEmpty else { return (lines + ["No settings.", ""]).joined(separator: "\n") }
      lines += ["| flag | environment | expected | default | what it does |", "| --- | --- | --- | --- | --- |"]
      lines += command.settings.map(row)
      return (lines + [""]).joined(separator: "\n")
    }.joined(separator: "\n").trimmedOfNewlines
  }

  private static func row(_ setting: SettingDeclaration) -> String {
    let standard = setting.isRequired ? "required" : setting.defaultText.map { "`\($0)`" } ?? ""
    let cells = ["`\(setting.flag)`", "`\(setting.key)`", setting.expectation, standard, setting.explanation]
    return "| " + cells.map(escaped).joined(separator: " | ") + " |"
  }

  /// A bar would end the cell, also inside backquotes.
  private static func escaped(_ cell: String) -> String { cell.replacing("|", with: "\\|") }
}

extension String {
  fileprivate var trimmedOfNewlines: String {
    var text = self[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
