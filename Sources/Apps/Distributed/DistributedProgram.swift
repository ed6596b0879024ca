import Application
package import Composition
package import Serving

/// The programs of the distributed system, each of which does one thing and has no commands.
package enum DistributedProgram {
  /// - Parameters:
  ///   - open: Opens the backends and begins to listen.
  ///   - lines: What to print when that is done: a word, and where.
  package static func make(
    name: String, summary: String, discussion: String, examples: [CommandExample], settings: [any DeclaredSetting],
    open: @escaping @Sendable (Settings, ServingProcess) async throws -> RunningSystem,
    lines: @escaping @Sendable (Settings, ListeningPorts) -> [(word: String, place: String)]
  ) -> Program {
    let command = Command(
      CommandSpecification(
        name: "", summary: summary, discussion: discussion, examples: examples, settings: settings)
    ) { settings, console in
      try await ServingCommand.run(settings) { process in
        let system = try await open(settings, process)
        process.telemetry.record(.started(service: name, version: Version.text))
        let rows = lines(settings, system.ports).map { "  \($0.word.padded(to: 10))\($0.place)" }
        try console.print((["\(name) \(Version.text) is ready"] + rows).joined(separator: "\n"))
        try await system.run()
        process.telemetry.record(.stopped(service: name))
      }
    }
    return Program(
      name: name, version: Version.text, summary: summary, commands: [command], keysOfOthers: OtherPrograms.keys)
  }
}
