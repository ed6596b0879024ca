import Composition
import Foundation
import Glibc
import Testing

@Suite("A program", .timeLimit(.minutes(1)))
struct ProgramTests {
  struct Trouble: Error, CustomStringConvertible {
    let description = "the store is on fire"
  }

  /// Runs `serve` of a program whose only command does `body`.
  private func run(
    _ arguments: [String] = ["serve"], _ body: @escaping @Sendable (Settings, Console) async throws -> ExitCode
  ) async throws -> (status: ExitCode, output: String, error: String) {
    let pipes = PipePair()
    let console = Console(output: pipes.outputDescriptor, error: pipes.errorDescriptor, environment: [:])
    let program = Program(
      name: "sample", version: "1", summary: "Tests", commands: [Command(SampleProgram.serve, run: body)])
    let status = await program.run(arguments, environment: [:], console: console)
    let texts = try pipes.texts()
    return (status, texts.output, texts.error)
  }

  @Test("hands the command its settings and passes on its status")
  func runs() async throws {
    let result = try await run(["serve", "--grpc-port", "9"]) { settings, console in
      try console.print("port \(settings[SampleProgram.port])")
      return .done
    }
    #expect(result == (.done, "port 9\n", ""))
  }

  @Test("answers wrong usage with every problem and where help is")
  func wrongUsage() async throws {
    let result = try await run(["serve", "--grpc-port", "x"]) { _, _ in .done }
    #expect(result.status == .wrongUsage)
    #expect(result.output == "")
    #expect(
      result.error == """
        sample: error: --grpc-port (GRPC_PORT) is "x": expected a port from 0 to 65535 (0 picks a free one)
        sample serve --help tells what is possible

        """)
  }

  @Test("answers an unknown command with the help of the program")
  func unknownCommand() async throws {
    let result = try await run(["surf"]) { _, _ in .done }
    #expect(result.status == .wrongUsage)
    #expect(result.error.hasSuffix("sample --help tells what is possible\n"))
  }

  @Test("takes a usage error of the command itself for wrong usage")
  func usageErrorOfCommand() async throws {
    let result = try await run { _, _ in throw UsageError("--from is after --to") }
    #expect(result.status == .wrongUsage)
  }

  @Test("prints help and is done")
  func help() async throws {
    let result = try await run(["--help"]) { _, _ in .failed }
    #expect(result.status == .done)
    #expect(result.output.contains("usage: sample COMMAND"))
  }

  @Test("tells an error on standard error and fails")
  func failure() async throws {
    let result = try await run { _, _ in throw Trouble() }
    #expect(result == (.failed, "", "sample: error: the store is on fire\n"))
  }

  @Test("says that it was interrupted when the command was")
  func interrupted() async throws {
    let result = try await run { _, _ in throw CancellationError() }
    #expect(result == (.failed, "", "sample: error: interrupted\n"))
  }

  @Test("ends quietly when the reader of its output has gone")
  func closedOutput() async throws {
    let result = try await run { _, _ in throw OutputError.closed }
    #expect(result == (.done, "", ""))
  }

  @Test("exits with the status of its command")
  func exits() async {
    await #expect(processExitsWith: .exitCode(2)) {
      // The child's own arguments name no command.
      Program(
        name: "sample", version: "1", summary: "Tests", commands: [Command(SampleProgram.serve) { _, _ in .done }]
      ).main()
    }
  }
}
