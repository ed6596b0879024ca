import Domain
import Testing

@Suite("Events of the logs of known systems")
struct SystemLogTests {
  @Test("have their times and levels, and their lines as messages", arguments: SystemLog.allCases)
  func understood(log: SystemLog) throws {
    let file = try ReadFile(log.rawValue)
    #expect(file.messages == log.rawValue.split(separator: "\n").map(String.init))
    #expect(file.counts == EventReaderCounts())
    #expect(file.events.map(\.severity.number) == log.severities)
    #expect(file.times.first?.prefix(10) == log.firstDay[...])
  }

  @Test("stay events of a line each with stack traces joined", arguments: SystemLog.allCases)
  func withMultiline(log: SystemLog) throws {
    let file = try ReadFile(log.rawValue, multiline: .indentation)
    #expect(file.messages.count == log.severities.count)
  }
}
