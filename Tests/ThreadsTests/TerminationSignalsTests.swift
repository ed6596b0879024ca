import Glibc
import Testing

@testable import Threads

@Suite("Termination signals", .timeLimit(.minutes(1)))
struct TerminationSignalsTests {
  @Test("ask for a graceful stop first")
  func first() async {
    await #expect(processExitsWith: .exitCode(40 + SIGTERM)) {
      TerminationSignals.block()
      let (numbers, reporter) = AsyncStream.makeStream(of: Int32.self)
      let signals = TerminationSignals { reporter.yield($0) }
      signals.deliver(SIGTERM)
      for await number in numbers { exit(40 + number) }
    }
  }

  @Test("end the process the second time, with 128 and the number", arguments: [SIGINT, SIGTERM])
  func second(_ number: Int32) async {
    await #expect(processExitsWith: .exitCode(128 + number)) { [number] in
      TerminationSignals.block()
      let (numbers, reporter) = AsyncStream.makeStream(of: Int32.self)
      let signals = TerminationSignals { reporter.yield($0) }
      signals.deliver(SIGINT)
      for await _ in numbers { signals.deliver(number) }
    }
  }

  @Test("leave a closed pipe and a closed terminal without effect")
  func ignored() async {
    await #expect(processExitsWith: .success) {
      TerminationSignals.block()
      raise(SIGPIPE)
      raise(SIGHUP)
    }
  }
}
