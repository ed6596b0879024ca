/// One setting of a command: its names, what it may be, what it is by default, what it does.
///
/// Declare it once, as a constant, list it in the `CommandSpecification` of each command that reads it, and read it by the
/// constant itself: `settings[ServeSettings.grpcPort]`. A misspelt key does not compile; a setting that its command does not
/// list traps on first use, whatever the user typed.
package struct Setting<Value: Sendable>: DeclaredSetting {
  package let declaration: SettingDeclaration

  /// A setting with a default.
  ///
  /// - Parameters:
  ///   - key: The environment variable: `GRPC_PORT`, or `CORDWOOD_<FLAG>` for a command's own words. The flag follows from
  ///     it: `--grpc-port`, `--<flag>`.
  ///   - explanation: One sentence: what it does, not what it is called.
  package init(_ key: String, _ form: ValueForm<Value>, default value: Value, _ explanation: String) {
    declaration = SettingDeclaration(
      key: key, form: form, fallback: SettingDeclaration.Stored(value: value), defaultText: form.text(value),
      explanation: explanation, wrap: { SettingDeclaration.Stored(value: $0) })
  }

  /// A setting that may be left out, and is then nil.
  ///
  /// - Parameter otherwise: What happens without it, for the help: `all services`.
  package init<Wrapped: Sendable>(
    _ key: String, _ form: ValueForm<Wrapped>, otherwise: String? = nil, _ explanation: String
  ) where Value == Wrapped? {
    declaration = SettingDeclaration(
      key: key, form: form, fallback: SettingDeclaration.Stored(value: Value.none), defaultText: otherwise,
      explanation: explanation, wrap: { SettingDeclaration.Stored(value: Value.some($0)) })
  }

  /// A setting that must be given.
  package init(required key: String, _ form: ValueForm<Value>, _ explanation: String) {
    declaration = SettingDeclaration(
      key: key, form: form, fallback: nil, defaultText: nil, explanation: explanation,
      wrap: { SettingDeclaration.Stored(value: $0) })
  }
}

/// A `Setting` of any value, so that a command can list them.
package protocol DeclaredSetting: Sendable {
  var declaration: SettingDeclaration { get }
}
