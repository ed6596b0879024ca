import Composition

/// `cordwood-agent tail`: a word that scripts may rely on, for a command that this version does not have.
enum TailCommand {
  static let specification = CommandSpecification(
    name: "tail", summary: "Follow log files (not in this version)",
    discussion:
      "This version ships files as they are, or what a pipe brings until it ends: see import.",
    settings: [AgentSettings.server, AgentSettings.tenant, ImportSettings.service, AgentSettings.stateDirectory],
    operands: OperandsSpecification("PATH…", allowed: 0...1_000, "the files to follow"))

  static let command = Command(specification) { _, _ in
    throw AgentFailure("tail is not in this version: import ships a file, or what a pipe brings (import -)")
  }
}
