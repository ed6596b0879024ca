/// What a table of settings knows of one of them, whatever the type of its value.
package struct SettingDeclaration: Sendable {
  /// The environment variable.
  package let key: String
  /// With its two dashes.
  package let flag: String
  /// Nil for a switch.
  package let placeholder: String?
  package let expectation: String
  package let choices: [String]
  package let isSecret: Bool
  /// Without a default and not optional.
  package let isRequired: Bool
  /// The default as a user would write it, or what stands for it; nil where there is nothing to say.
  package let defaultText: String?
  package let explanation: String

  /// The value of a text, boxed as `Stored<Value>`; nil for a text of another form.
  let read: @Sendable (String) -> (any Sendable)?
  let fallback: (any Sendable)?

  /// A box, for `any Sendable` around an optional is not cast back reliably.
  struct Stored<Value: Sendable>: Sendable {
    let value: Value
  }

  init<Raw>(
    key: String, form: ValueForm<Raw>, fallback: (any Sendable)?, defaultText: String?, explanation: String,
    wrap: @escaping @Sendable (Raw) -> any Sendable
  ) {
    self.key = key
    flag = Self.flag(for: key)
    placeholder = form.placeholder
    expectation = form.expectation
    choices = form.choices
    isSecret = form.isSecret
    isRequired = fallback == nil
    self.defaultText = defaultText
    self.explanation = explanation
    self.fallback = fallback
    read = { form.parse($0).map(wrap) }
  }

  /// `GRPC_PORT` gives `--grpc-port`, `CORDWOOD_TENANT` gives `--tenant`.
  static func flag(for key: String) -> String {
    let words = key.hasPrefix(ownPrefix) ? key.dropFirst(ownPrefix.count) : key[...]
    return "--" + words.lowercased().replacing("_", with: "-")
  }

  /// What the environment variables of a command's own words begin with. Ours alone, so an unknown one is a mistake.
  static let ownPrefix = "CORDWOOD_"
}
