/// Why a command of the agent ends with status 1, in words for the terminal.
struct AgentFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
