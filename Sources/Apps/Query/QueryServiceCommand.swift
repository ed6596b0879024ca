import Application
import Composition
import Distributed
import Serving
import Threads
import Transport

@main
struct QueryServiceCommand {
  static let program = DistributedProgram.make(
    name: "cordwood-query", summary: "Answer queries over HTTP, from the object store and the processors",
    discussion: """
      Asks the processors for what is in no object yet, then the index, then reads objects. Any number of query services \
      may run side by side. The page for people is at /.

      Ctrl-C or SIGTERM stops it gracefully: what is under way is answered first.
      """,
    examples: [
      CommandExample("cordwood-query", "Start with Kafka, Redis and MinIO on this machine."),
      CommandExample("REDIS_ADDR=redis:6379 cordwood-query --listen-address 0.0.0.0", "Serve other machines."),
    ],
    settings: QueryServiceSettings.all, open: { try await QueryServiceSystem.open($0, in: $1) },
    lines: { _, ports in
      [
        (word: "queries", place: "http://\(ports.place(of: .http))"),
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
