/// Whether this process can do its work: what the health endpoints ask.
package protocol Health: Sendable {
  /// What is missing, in words for an operator; empty when all is well.
  func problems() async -> [String]

  /// What a person should look at although the work goes on; empty when there is nothing.
  func notes() async -> [String]
}

extension Health {
  package func notes() async -> [String] { [] }
}
