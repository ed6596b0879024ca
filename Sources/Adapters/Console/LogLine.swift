/// One line of our own log before it is written.
struct LogLine: Hashable, Sendable {
  struct Field: Hashable, Sendable {
    let name: String
    let value: String
    let isNumber: Bool

    init(_ name: String, _ value: some CustomStringConvertible) {
      self.name = name
      self.value = value.description
      isNumber = false
    }

    /// - Parameter value: Finite.
    init(_ name: String, _ value: some CustomStringConvertible & Numeric) {
      self.name = name
      self.value = value.description
      isNumber = true
    }
  }

  /// Always the same words for the same kind of thing: what is searched for and alerted on.
  let message: String
  let level: LogLevel
  let fields: [Field]

  init(_ level: LogLevel, _ message: String, _ fields: [Field] = []) {
    self.level = level
    self.message = message
    self.fields = fields
  }
}
