import Testing

@testable import ConsoleAdapter

@Suite("The filter of repeated lines")
struct RepeatFilterTests {
  private func line(_ subject: Int, _ detail: String = "") -> LogLine {
    LogLine(.warn, "flush failed", [.init("partition", subject), .init("reason", detail)])
  }

  @Test("tells kinds apart by message, level and first field")
  func kinds() {
    var filter = RepeatFilter(interval: .seconds(10))
    #expect(filter.judge(line(1), at: .zero) == .show(repeats: 0))
    #expect(filter.judge(line(1, "another reason"), at: .zero) == .holdBack)
    #expect(filter.judge(line(2), at: .zero) == .show(repeats: 0))
    #expect(filter.judge(LogLine(.error, "flush failed", line(1).fields), at: .zero) == .show(repeats: 0))
  }

  @Test("begins anew after each line that it shows")
  func interval() {
    var filter = RepeatFilter(interval: .seconds(10))
    #expect(filter.judge(line(1), at: .zero) == .show(repeats: 0))
    #expect(filter.judge(line(1), at: .seconds(9)) == .holdBack)
    #expect(filter.judge(line(1), at: .seconds(10)) == .show(repeats: 1))
    #expect(filter.judge(line(1), at: .seconds(19)) == .holdBack)
    #expect(filter.takeHeldBack().map(\.repeats) == [1])
    #expect(filter.takeHeldBack().isEmpty)
    #expect(filter.judge(line(1), at: .seconds(20)) == .show(repeats: 0))
  }

  @Test("forgets rather than grow without bound")
  func bound() {
    var filter = RepeatFilter(interval: .seconds(10))
    for subject in 0...RepeatFilter.maximumKinds {
      #expect(filter.judge(line(subject), at: .zero) == .show(repeats: 0))
    }
    #expect(filter.judge(line(0), at: .zero) == .show(repeats: 0), "it was forgotten")
  }
}
