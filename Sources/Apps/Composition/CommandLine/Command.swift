/// A command's specification, and what it does.
package struct Command: Sendable {
  package let specification: CommandSpecification
  /// Runs the command. Its task is cancelled at the first SIGINT or SIGTERM: stop in an orderly way and return.
  package let run: @Sendable (Settings, Console) async throws -> ExitCode

  package init(
    _ specification: CommandSpecification, run: @escaping @Sendable (Settings, Console) async throws -> ExitCode
  ) {
    self.specification = specification
    self.run = run
  }
}
