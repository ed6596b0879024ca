import Application

/// An agent that runs can do its work: without a server it waits, which is no reason to restart it.
struct AgentHealth: Health {
  func problems() async -> [String] { [] }
}
