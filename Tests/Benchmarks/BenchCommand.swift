import Composition

/// `make bench`: what the built server does on this machine, as a table. It asserts nothing about time.
@main
struct BenchCommand {
  static func main() {
    Program(
      name: "cordwood-bench", version: Version.text, summary: "Measures throughput, latency, memory and disk",
      commands: [MeasureCommand.command]
    ).main()
  }
}
