import Application
import Composition
import Domain
import Testing

@testable import cordwood_agent

@Suite("What the agent says")
struct AgentTextTests {
  private static func counts(_ change: (inout DeliveryCounts) -> Void) -> DeliveryCounts {
    var counts = DeliveryCounts()
    change(&counts)
    return counts
  }

  private static func summary(_ end: DeliveryReport.End, _ change: (inout DeliveryCounts) -> Void) -> ImportSummary {
    ImportSummary(DeliveryReport(end, counts(change)), name: "a.log", stateDirectory: "dir", time: .milliseconds(2_340))
  }

  @Test("has sound tables of settings")
  func settings() {
    #expect(AgentCommand.program.specification.inconsistencies.isEmpty)
  }

  @Test("sums an import up")
  func complete() {
    let summary = Self.summary(.complete) { counts in
      counts.events = 51_554
      counts.acceptedEvents = 51_551
      counts.retimedEvents = 16
      counts.deadLetters = [.event(.messageTooLong): 1, .tooManyStreams: 2]
      counts.skippedLines = 1
      counts.alreadyImportedLines = 10
    }
    #expect(summary.failure == nil)
    #expect(
      summary.lines == [
        "51,551 events of 'a.log' accepted in 2.3 s",
        "  after 10 lines that had been imported before",
        "  16 events with an impossible time got the time of receipt; theirs is in original_timestamp",
        "  3 events refused, now in the dead letters: too-many-streams 2, message-too-long 1",
        "  1 line skipped, being no events",
      ])
  }

  @Test("tells an empty source from one that was imported before")
  func nothing() {
    #expect(Self.summary(.complete) { _ in }.lines == ["'a.log' has no events"])
    #expect(Self.summary(.complete) { $0.alreadyImportedLines = 5 }.lines[0].contains("was imported before"))
  }

  @Test("says how to go on after an interruption, and what the server refused")
  func failures() {
    #expect(
      Self.summary(.interrupted) { $0.events = 1 }.failure?.description.contains("run the same command again") == true)
    #expect(
      Self.summary(.rejected(reason: "no")) { $0.events = 1 }.failure?.description
        == "the server refuses what it is sent: no")
  }

  @Test(
    "groups digits, and knows one from many",
    arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567")])
  func numbers(number: Int, text: String) {
    #expect(number.grouped == text)
    #expect(1.of("line") == "1 line" && 2.of("line") == "2 lines")
  }

  @Test("draws a line that fits the terminal", arguments: [10, 40, 80, 200])
  func progressLine(width: Int) {
    var state = ProgressState()
    state.update(
      .advanced(
        Self.counts {
          $0.events = 3_000; $0.settledEvents = 2_000
        }, position: 50, size: 100))
    let text = ProgressLine.text(state, name: "a.log", total: nil, rate: 1_500, width: width)
    #expect(text.count < width)
    if width == 80 { #expect(text == "[===============               ]  50%  2,000 events, 1,500/s, 1,000 under way") }
    state.update(.retrying(reason: "connection refused", after: .seconds(2)))
    if width == 200 {
      let troubled = ProgressLine.text(state, name: "a.log", total: nil, rate: 0, width: width)
      #expect(troubled.hasSuffix("(connection refused; trying again in 2.0 s)"))
    }
    state.update(.advanced(Self.counts { $0.settledEvents = 2_500 }, position: 60, size: 100))
    #expect(state.trouble == nil)
  }

  @Test("measures the rate of the last seconds")
  func rate() {
    var meter = RateMeter()
    #expect(meter.rate(of: 0, at: .zero) == 0)
    for second in 1...10 { _ = meter.rate(of: second * 100, at: .seconds(second)) }
    #expect(meter.rate(of: 1_500, at: .seconds(11)) == 233)
  }
}
