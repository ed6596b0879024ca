package import Composition
import ConsoleAdapter
import InProcessAdapter

/// What the commands that serve have in common: telemetry to standard error, told to its last line.
package enum ServingCommand {
  /// Runs `serve`, which returns once the task is cancelled and everything has stopped.
  package static func run(
    _ settings: Settings, _ serve: (ServingProcess) async throws -> Void
  ) async throws -> ExitCode {
    let clock = SystemClock()
    let console = ConsoleTelemetry(
      level: settings[LogSettings.level], format: settings[LogSettings.format], clock: clock)
    do { try await serve(ServingProcess(telemetry: console, clock: clock)) } catch is CancellationError {
      // Asked to stop before everything was open.
    } catch {
      await console.flush()
      throw error
    }
    await console.flush()
    return .done
  }
}
