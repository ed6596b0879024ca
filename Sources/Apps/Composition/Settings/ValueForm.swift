/// How the text of a setting becomes a value, and back for printing a default.
///
/// A form says what it expects in the words that an error and `--help` print, so the two cannot disagree.
package struct ValueForm<Value: Sendable>: Sendable {
  /// Stands for the value in a usage line: `PORT`, `DURATION`. Nil for a switch, which needs no value.
  package let placeholder: String?
  /// Completes "expected …": `a port from 0 to 65535`.
  package let expectation: String
  /// The allowed texts where there are few, for "did you mean"; else empty.
  package let choices: [String]
  /// Errors and help leave the value out.
  package let isSecret: Bool
  /// Nil for a text of another form.
  package let parse: @Sendable (String) -> Value?
  /// The shortest text that `parse` reads as the same value.
  package let text: @Sendable (Value) -> String

  package init(
    placeholder: String?, expectation: String, choices: [String] = [], isSecret: Bool = false,
    parse: @escaping @Sendable (String) -> Value?, text: @escaping @Sendable (Value) -> String
  ) {
    self.placeholder = placeholder
    self.expectation = expectation
    self.choices = choices
    self.isSecret = isSecret
    self.parse = parse
    self.text = text
  }
}
