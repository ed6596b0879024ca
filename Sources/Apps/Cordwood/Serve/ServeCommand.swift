import Application
import Composition
import Serving

/// `cordwood serve`: all services in one process.
enum ServeCommand {
  static let command = Command(
    CommandSpecification(
      name: "serve", summary: "Run all services in one process, with everything on this machine's disk",
      discussion: """
        Takes events over gRPC, keeps them in a log, packs them into compressed chunks, and answers queries over HTTP. \
        An event can be found within a second of its acknowledgement. What was acknowledged survives kill -9.

        Ctrl-C or SIGTERM stops it gracefully: it finishes what is under way and writes what is open. A second one ends \
        it at once, which loses nothing that was acknowledged.
        """,
      examples: [
        CommandExample("cordwood serve", "Start with the data in ./cordwood-data."),
        CommandExample(
          "cordwood serve --data-dir /var/lib/cordwood --listen-address 0.0.0.0", "Serve other machines, too."),
        CommandExample("GRPC_PORT=0 HTTP_PORT=0 METRICS_PORT=0 cordwood serve", "Pick free ports and print them."),
      ],
      settings: ServeSettings.all)
  ) { settings, console in
    try await ServingCommand.run(settings) { process in
      let system = try await EmbeddedSystem.open(settings, in: process)
      process.telemetry.record(.started(service: "cordwood", version: Version.text))
      try console.print(greeting(settings, system.ports))
      try await system.run()
      process.telemetry.record(.stopped(service: "cordwood"))
    }
  }

  private static func greeting(_ settings: Settings, _ ports: ListeningPorts) -> String {
    """
    cordwood \(Version.text) is ready
      events    gRPC  \(ports.place(of: .grpc))
      queries   http://\(ports.place(of: .http))
      metrics   http://\(ports.place(of: .metrics))/metrics
      data      \(settings[ServeSettings.dataDirectory])
      access    every well-formed tenant name works, without a key
    """
  }
}
