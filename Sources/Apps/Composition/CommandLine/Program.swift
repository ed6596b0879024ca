import Dispatch
import FoundationEssentials
import Glibc
import Threads

/// A whole program: its commands, and what they have in common around them (arguments, signals, errors, exit status).
///
/// ```swift
/// @main struct CordwoodCommand {
///   static func main() { Program(name: "cordwood", …, commands: [Serve.command, Query.command]).main() }
/// }
/// ```
package struct Program: Sendable {
  package let specification: ProgramSpecification
  private let commands: [Command]

  package init(name: String, version: String, summary: String, commands: [Command], keysOfOthers: [String] = []) {
    specification = ProgramSpecification(
      name: name, version: version, summary: summary, commands: commands.map(\.specification),
      keysOfOthers: keysOfOthers)
    self.commands = commands
  }

  /// Runs the process's own command line, and ends the process.
  ///
  /// Call it from a synchronous `main`, first of all: the signals must be blocked before another thread starts, and an
  /// `async` main would unblock them (`TerminationSignals`). The main thread only waits, so nothing may need the main actor.
  package func main() -> Never {
    TerminationSignals.block()
    let environment = ProcessInfo.processInfo.environment
    let arguments = Array(CommandLine.arguments.dropFirst())
    let status = Lock(ExitCode.failed)
    let isDone = DispatchSemaphore(value: 0)
    let task = Task {
      let result = await run(arguments, environment: environment, console: Console(environment: environment))
      status.withLock { $0 = result }
      isDone.signal()
    }
    let signals = TerminationSignals { _ in task.cancel() }
    isDone.wait()
    withExtendedLifetime(signals) { exit(status.withLock { $0 }.rawValue) }
  }

  /// Runs one command line and says how it ended; every error is told on standard error.
  package func run(_ arguments: [String], environment: [String: String], console: Console) async -> ExitCode {
    do {
      let parser = ProgramArguments(specification)
      switch try parser.parse(arguments, environment: environment, width: console.output.width) {
      case .print(let text):
        try console.print(text)
        return .done
      case .run(let name, let settings):
        guard let command = commands.first(where: { $0.specification.name == name }) else {
          preconditionFailure("the parser named \(name), which is not among the commands")
        }
        return try await command.run(settings, console)
      }
    } catch let error as UsageError {
      for problem in error.problems { note(problem, console) }
      console.note("\(helpCommand(for: arguments)) tells what is possible")
      return .wrongUsage
    } catch OutputError.closed {
      return .done
    } catch is CancellationError {
      note("interrupted", console)
      return .failed
    } catch {
      note("\(error)", console)
      return .failed
    }
  }

  private func note(_ problem: String, _ console: Console) {
    console.note("\(specification.name): \(console.error.paint("error", .red)): \(problem)")
  }

  private func helpCommand(for arguments: [String]) -> String {
    let all = commands.map(\.specification.words)
    let words = all.first { arguments.starts(with: $0) } ?? all.first { $0[0] == arguments.first }.map { [$0[0]] } ?? []
    return ([specification.name] + words + ["--help"]).joined(separator: " ")
  }
}
