/// Measures calls of one port and tells telemetry about them: what the metering decorators share.
struct PortMeter: Sendable {
  let port: PortName
  let clock: any WallClock
  let telemetry: any Telemetry

  func measure<Answer, Failure: Error>(
    _ operation: StaticString, bytes: (Answer) -> Int, outcome: (Failure) -> PortOutcome,
    _ call: () async throws(Failure) -> Answer
  ) async throws(Failure) -> Answer {
    let start = clock.elapsed()
    do throws(Failure) {
      let answer = try await call()
      record(operation, .ok, bytes: bytes(answer), since: start)
      return answer
    } catch {
      record(operation, outcome(error), bytes: 0, since: start)
      throw error
    }
  }

  private func record(_ operation: StaticString, _ outcome: PortOutcome, bytes: Int, since start: Duration) {
    telemetry.record(
      .portCall(
        port: port, operation: operation, outcome: outcome, bytes: bytes, duration: clock.elapsed() - start))
  }
}
