/// A command line that works as it stands, and what it does.
package struct CommandExample: Sendable {
  package let command: String
  package let explanation: String

  package init(_ command: String, _ explanation: String) {
    self.command = command
    self.explanation = explanation
  }
}
