import Composition
import Testing

@testable import cordwood
@testable import cordwood_agent
@testable import cordwood_ingestor
@testable import cordwood_processor
@testable import cordwood_query

@Suite("The programs' tables")
struct ProgramTablesTests {
  static let specifications = [
    CordwoodCommand.program.specification, AgentCommand.program.specification, IngestorCommand.program.specification,
    ProcessorCommand.program.specification, QueryServiceCommand.program.specification,
  ]
  static let commands = specifications.flatMap { program in program.commands.map { (program.name, $0) } }

  @Test("are sound", arguments: specifications)
  func sound(_ specification: ProgramSpecification) {
    #expect(specification.inconsistencies == [])
  }

  @Test("know each other's variables, so that one environment serves all programs")
  func keysOfOthers() {
    for one in Self.specifications {
      let others = Self.specifications.filter { $0.name != one.name }.flatMap(\.keys)
      let wanted = Set(others.filter { $0.hasPrefix("CORDWOOD_") }).subtracting(one.keys)
      #expect(Set(one.keysOfOthers) == wanted)
    }
  }

  @Test("are shown by --help, in lines that fit a terminal", .timeLimit(.minutes(1)), arguments: commands)
  func help(program: String, command: CommandSpecification) async throws {
    let built = try #require(BuiltProgram(rawValue: program))
    let help = try await ProgramProcess.run(built, command.words + ["--help"])
    #expect(help.end == .exited(0))
    #expect(help.error.isEmpty)
    for setting in command.settings {
      #expect(help.output.contains("  \(setting.flag)"), "\(setting.flag)")
      #expect(help.output.contains("      \(setting.key)"), "\(setting.key)")
    }
    for example in command.examples { #expect(help.output.contains("  \(example.command)\n")) }
    let examples = Set(command.examples.map { "  \($0.command)" })
    for line in help.lines where !examples.contains(String(line)) { #expect(line.count <= 80, "\(line)") }
    #expect(try await ProgramProcess.run(built, ["help"] + command.words).output == help.output)
    if command.words.isEmpty { return }
    #expect(try await ProgramProcess.run(built, ["--help"]).output.contains("  \(command.name) "))
  }

  @Test("agree on what a variable means that several commands read")
  func sharedKeys() {
    let all = Self.commands.flatMap(\.1.settings)
    // Each service has ports of its own, so that all of them can run on one machine.
    let ports = ["GRPC_PORT", "METRICS_PORT"]
    for (key, settings) in Dictionary(grouping: all, by: \.key)
    where !key.hasPrefix("CORDWOOD_") && !ports.contains(key) {
      #expect(Set(settings.map { "\($0.expectation) \($0.defaultText ?? "")" }).count == 1, "\(key)")
    }
  }
}
