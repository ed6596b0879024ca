import Application
import Composition
import Distributed
import Serving
import Threads
import Transport

@main
struct IngestorCommand {
  static let program = DistributedProgram.make(
    name: "cordwood-ingestor", summary: "Take log events in over gRPC, and append them to the log in Kafka",
    discussion: """
      Acknowledges what Kafka has durably. Any number of ingestors may run side by side: agents spread over them. The \
      topics are made at the start if they are missing.

      Ctrl-C or SIGTERM stops it gracefully: what is under way is answered first.
      """,
    examples: [
      CommandExample("cordwood-ingestor", "Start with Kafka, Redis and MinIO on this machine."),
      CommandExample(
        "KAFKA_BROKERS=kafka:9092 cordwood-ingestor --listen-address 0.0.0.0",
        "Serve other machines, with Kafka elsewhere."),
    ],
    settings: IngestorSettings.all, open: { try await IngestorSystem.open($0, in: $1) },
    lines: { _, ports in
      [
        (word: "events", place: "gRPC  \(ports.place(of: .grpc))"),
        (word: "metrics", place: "http://\(ports.place(of: .metrics))/metrics"),
        (word: "access", place: "every well-formed tenant name works, without a key"),
      ]
    })

  static func main() {
    MessageMemory.keepFreed()
    DescriptorLimit.raise()
    program.main()
  }
}
