import Application
import Composition
import Distributed
import Serving
import Threads
import Transport

@main
struct ProcessorCommand {
  static let program = DistributedProgram.make(
    name: "cordwood-processor", summary: "Pack the log in Kafka into compressed chunks in the object store",
    discussion: """
      Owns some of the log's partitions; any number of processors share them. What it has read and not yet written can be \
      asked for, so that an event is found within a second of its acknowledgement.

      Ctrl-C or SIGTERM stops it gracefully: it writes what is open and gives its partitions to others. After kill -9 \
      another one reads again what was not written.
      """,
    examples: [
      CommandExample("cordwood-processor", "Start with Kafka, Redis and MinIO on this machine."),
      CommandExample(
        "GRPC_PORT=0 METRICS_PORT=0 cordwood-processor", "A second one beside it: pick free ports and print them."),
    ],
    settings: ProcessorSettings.all, open: { try await ProcessorSystem.open($0, in: $1) },
    lines: { settings, ports in
      [
        (word: "recent", place: "gRPC  \(ports.place(of: .grpc))"),
        (word: "metrics", place: "http://\(ports.place(of: .metrics))/metrics"),
      ]
    })

  static func main() {
    MessageMemory.keepFreed()
    DescriptorLimit.raise()
    program.main()
  }
}
