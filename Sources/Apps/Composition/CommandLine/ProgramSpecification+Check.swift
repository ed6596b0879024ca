extension ProgramSpecification {
  /// What is wrong with the tables themselves, each a sentence; empty for sound ones. For the tests of a program: these are
  /// our mistakes, which no user should meet.
  package var inconsistencies: [String] {
    duplicates(commands.map(\.name)).map { "two commands are named \($0)" } + commands.flatMap(inconsistencies)
  }

  private func inconsistencies(of command: CommandSpecification) -> [String] {
    var found: [String] = []
    for key in duplicates(command.settings.map(\.key)) { found.append("\(command.name) lists \(key) twice") }
    for flag in duplicates(command.settings.map(\.flag)) {
      found.append("\(command.name) has two settings for \(flag)")
    }
    for setting in command.settings { found += inconsistencies(of: setting, in: command.name) }
    if command.summary.hasSuffix(".") { found.append("the summary of \(command.name) ends in a full stop") }
    if let operands = command.operands, operands.explanation.hasSuffix(".") {
      found.append("the explanation of \(operands.placeholder) in \(command.name) ends in a full stop")
    }
    for example in command.examples where !example.command.contains(name) {
      found.append("an example of \(command.name) does not run \(name)")
    }
    return found
  }

  private func inconsistencies(of setting: SettingDeclaration, in command: String) -> [String] {
    var found: [String] = []
    let allowed = setting.key.utf8.allSatisfy { isUpperCase($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
    if !allowed || setting.key.isEmpty { found.append("\(setting.key) of \(command) is not in capitals, digits and _") }
    if ProgramArguments.reservedFlags.contains(setting.flag) {
      found.append("\(setting.flag) of \(command) is reserved")
    }
    if !setting.explanation.hasSuffix(".") {
      found.append("the explanation of \(setting.key) in \(command) is no sentence with a full stop")
    }
    return found
  }

  private func duplicates(_ words: [String]) -> [String] {
    var seen: Set<String> = []
    return words.filter { !seen.insert($0).inserted }
  }
}

private func isUpperCase(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }
