/// Everything that is to be known of a command: parsed from, helped from and documented from.
package struct CommandSpecification: Sendable {
  /// One word (`serve`), or two with a space where several commands belong together (`dlq list`); empty for the only command
  /// of a program, which then has no word for it.
  package let name: String
  /// One line without a full stop, in the imperative: `Start all services in one process`.
  package let summary: String
  /// What a newcomer needs to know, in paragraphs separated by an empty line; wrapped when printed.
  package let discussion: String
  package let examples: [CommandExample]
  /// In the order in which they are printed.
  package let settings: [SettingDeclaration]
  /// Nil where the command takes none.
  package let operands: OperandsSpecification?

  /// At most two.
  package var words: [String] { name.split(separator: " ").map(String.init) }

  /// Behind the name of a program: empty, or a space and the command's name.
  var suffix: String { name.isEmpty ? "" : " \(name)" }

  package init(
    name: String, summary: String, discussion: String, examples: [CommandExample] = [],
    settings: [any DeclaredSetting] = [], operands: OperandsSpecification? = nil
  ) {
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.examples = examples
    self.settings = settings.map(\.declaration)
    self.operands = operands
  }
}
