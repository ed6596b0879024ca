/// The settings of one run of a command: each has a value of its type, from its flag, else the environment, else its default.
package struct Settings: Sendable {
  /// What followed the flags: as many as the command's specification allows.
  package let operands: [String]
  private let values: [String: any Sendable]

  init(values: [String: any Sendable], operands: [String]) {
    self.values = values
    self.operands = operands
  }

  /// The value of `setting`, which the command must list.
  package subscript<Value>(setting: Setting<Value>) -> Value {
    let key = setting.declaration.key
    guard let stored = values[key] as? SettingDeclaration.Stored<Value> else {
      preconditionFailure("\(key) is not among the settings of this command, or is listed there with another type")
    }
    return stored.value
  }
}
