/// Collects the settings of one command, and all that is wrong with them, so that the user is told everything at once.
struct SettingsReader {
  private let command: CommandSpecification
  private var values: [String: any Sendable] = [:]
  /// Keys with a value, right or wrong: a required setting with a wrong value is not missing as well.
  private var given: Set<String> = []
  private var operands: [String] = []
  private var problems: [(key: String?, text: String)] = []

  init(_ command: CommandSpecification) {
    self.command = command
  }

  /// - Parameter known: Keys of other commands and programs, which may be set too.
  mutating func read(environment: [String: String], allowing known: [String]) {
    for setting in command.settings {
      guard let text = environment[setting.key], !text.isEmpty else { continue }
      set(setting, to: text, from: setting.key)
    }
    let ours = environment.keys.filter { $0.hasPrefix(SettingDeclaration.ownPrefix) }
    for key in ours.sorted() where !known.contains(key) && !Self.isNotForUs(key, environment[key] ?? "") {
      let suggestion = Suggestion.clause(for: key, among: known)
      problems.append((nil, "unknown environment variable \(key)=\"\(environment[key] ?? "")\"\(suggestion)"))
    }
  }

  mutating func read(arguments: [String]) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        operands += rest
        break
      }
      if argument.hasPrefix("-"), argument != "-" {
        read(flag: argument, followedBy: &rest)
      } else {
        operands.append(argument)
      }
    }
  }

  consuming func finish() throws(UsageError) -> Settings {
    checkOperands()
    for setting in command.settings where setting.isRequired && !given.contains(setting.key) {
      problems.append((setting.key, "\(setting.flag) (\(setting.key)) is missing: expected \(setting.expectation)"))
    }
    guard problems.isEmpty else { throw UsageError(problems: problems.map(\.text)) }
    var all = values
    for setting in command.settings where all[setting.key] == nil { all[setting.key] = setting.fallback }
    return Settings(values: all, operands: operands)
  }

  private mutating func read(flag argument: String, followedBy rest: inout ArraySlice<String>) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let setting = command.settings.first(where: { $0.flag == parts[0] }) else {
      let suggestion = Suggestion.clause(for: parts[0], among: command.settings.map(\.flag))
      problems.append(
        (nil, "unknown flag \(parts[0])\(command.name.isEmpty ? "" : " of \(command.name)")\(suggestion)"))
      // Probably its value: without this it would be a second mistake, that of an operand.
      if parts.count == 1, command.operands == nil, rest.first?.hasPrefix("-") == false { rest.removeFirst() }
      return
    }
    if parts.count == 2 {
      set(setting, to: parts[1], from: setting.flag)
    } else if setting.placeholder == nil {
      set(setting, to: "true", from: setting.flag)
    } else if let next = rest.first, !isKnownFlag(next) {
      rest.removeFirst()
      set(setting, to: next, from: setting.flag)
    } else {
      given.insert(setting.key)
      problems.append((setting.key, "\(setting.flag) (\(setting.key)) needs a value: expected \(setting.expectation)"))
    }
  }

  /// Whether a flag's value is missing and this is the next flag. Other texts with a dash are values: `-5`, `-`.
  private func isKnownFlag(_ text: String) -> Bool {
    let name = text.prefix { $0 != "=" }
    return text == "--" || command.settings.contains { $0.flag == name }
  }

  private mutating func set(_ setting: SettingDeclaration, to text: String, from source: String) {
    // What a flag says replaces what the environment said, its mistakes included.
    problems.removeAll { $0.key == setting.key }
    given.insert(setting.key)
    values[setting.key] = setting.read(text)
    guard values[setting.key] == nil else { return }
    let shown = setting.isSecret ? "•••" : "\"\(text)\""
    let other = source == setting.key ? setting.flag : setting.key
    let suggestion = Suggestion.clause(for: text, among: setting.choices)
    problems.append((setting.key, "\(source) (\(other)) is \(shown): expected \(setting.expectation)\(suggestion)"))
  }

  private mutating func checkOperands() {
    guard let specification = command.operands else {
      if let first = operands.first {
        problems.append(
          (nil, "unexpected \"\(first)\":\(command.name.isEmpty ? " it" : command.suffix) takes flags only"))
      }
      return
    }
    if operands.count < specification.allowed.lowerBound {
      problems.append((nil, "\(specification.placeholder) is missing: expected \(specification.explanation)"))
    } else if operands.count > specification.allowed.upperBound {
      let extra = operands[specification.allowed.upperBound]
      problems.append(
        (nil, "unexpected \"\(extra)\": expected \(specification.placeholder), \(specification.explanation)"))
    }
  }

  /// Variables with our prefix that are no setting: what the build and the tests read, and what Kubernetes puts into the
  /// environment of every pod for a Service named `cordwood-…` (kubernetes.io, "Discovering services").
  private static func isNotForUs(_ key: String, _ value: String) -> Bool {
    if ["CORDWOOD_BENCH", "CORDWOOD_REQUIRE_SERVICES"].contains(key) || key.hasPrefix("CORDWOOD_TEST_") { return true }
    if key.hasSuffix("_SERVICE_HOST") || key.contains("_SERVICE_PORT") { return true }
    let isLink = value.hasPrefix("tcp://") || value.hasPrefix("udp://")
    return (key.hasSuffix("_PORT") && isLink) || key.contains("_PORT_")
  }
}
