import Application
import Domain
import InMemoryAdapter
import TelemetryContract
import Testing
import Threads

@testable import ConsoleAdapter

@Suite("Telemetry on the console", .timeLimit(.minutes(1)))
struct ConsoleTelemetryTests {
  private let clock = ScriptedClock()
  private let written = Lock<[UInt8]>([])

  private func make(_ level: LogLevel, _ format: LogFormat = .text) -> ConsoleTelemetry {
    ConsoleTelemetry(level: level, format: format, clock: clock) { [written] bytes in
      written.withLock { $0.append(contentsOf: bytes) }
    }
  }

  private func lines(_ telemetry: ConsoleTelemetry) async -> [String] {
    await telemetry.flush()
    return String(decoding: written.withLock { $0 }, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test("keeps the port's promises", arguments: TelemetryPromise.allCases, LogFormat.allCases)
  func keeps(_ promise: TelemetryPromise, _ format: LogFormat) async throws {
    try await promise.check {
      let text = Lock<[UInt8]>([])
      let telemetry = ConsoleTelemetry(level: .debug, format: format, clock: clock) { bytes in
        text.withLock { $0.append(contentsOf: bytes) }
      }
      return TelemetryUnderTest(telemetry) {
        await telemetry.flush()
        return String(decoding: text.withLock { $0 }, as: UTF8.self)
      }
    }
  }

  @Test("prints time, level, message and fields")
  func text() async {
    let telemetry = make(.info)
    telemetry.record(.started(service: "ingestor", version: "0.1.0"))
    telemetry.record(.flushFailed(partition: PartitionID(3), reason: "object store unavailable"))
    #expect(
      await lines(telemetry) == [
        "\(RFC3339.text(clock.now())) INFO  started service=ingestor version=0.1.0",
        "\(RFC3339.text(clock.now())) WARN  flush failed partition=3 reason=\"object store unavailable\"",
      ])
  }

  @Test("prints JSON, numbers as numbers")
  func json() async {
    let telemetry = make(.info, .json)
    telemetry.record(.logWriteFailed(partition: PartitionID(3), reason: "a \"b\"\n\u{1b}"))
    let start = #"{"time":"\#(RFC3339.text(clock.now()))","level":"error","message":"log write failed""#
    #expect(await lines(telemetry) == [start + #","partition":3,"reason":"a \"b\"\n\u001b"}"#])
  }

  @Test("says nothing below its level")
  func level() async throws {
    let telemetry = make(.warn)
    telemetry.record(.started(service: "ingestor", version: "0.1.0"))
    telemetry.record(.batchAccepted(tenant: try TenantID("t"), events: 1, bytes: 1, retimed: 0, duration: .zero))
    #expect(await lines(telemetry).isEmpty)
  }

  @Test("shows the like once in ten seconds, and how often it was repeated")
  func repeats() async {
    let telemetry = make(.info)
    for _ in 0..<58 { telemetry.record(.flushFailed(partition: PartitionID(3), reason: "unavailable")) }
    telemetry.record(.flushFailed(partition: PartitionID(4), reason: "unavailable"))
    clock.advance(by: .seconds(10))
    telemetry.record(.flushFailed(partition: PartitionID(3), reason: "unavailable"))
    let lines = await lines(telemetry)
    #expect(lines.count == 3)
    #expect(lines.last?.hasSuffix("flush failed partition=3 reason=unavailable … repeated 57 times") == true)
  }

  @Test("shows what was held back when it is flushed, once")
  func flushing() async {
    let telemetry = make(.info)
    for number in 0..<3 { telemetry.record(.trouble(area: "disk", reason: "number \(number)")) }
    #expect(await lines(telemetry).last?.hasSuffix("area=disk reason=\"number 2\" … repeated 2 times") == true)
    #expect(await lines(telemetry).count == 2)
  }

  @Test("lets no value break its line, and cuts long ones")
  func hostile() async throws {
    let telemetry = make(.debug)
    for event in try TelemetrySamples.hostile() { telemetry.record(event) }
    let lines = await lines(telemetry)
    #expect(lines.allSatisfy { $0.hasPrefix("2026-") && $0.utf8.count < 4_096 && !$0.utf8.contains { $0 < 0x20 } })
  }
}
