import Testing

@testable import KafkaAdapter

@Suite("The schedule of trimming")
struct TrimScheduleTests {
  @Test("frees at once where nothing is to be kept, and the same only once")
  func atOnce() {
    var schedule = TrimSchedule(delay: .zero)
    let outcome = schedule.note(10, at: .seconds(1))
    #expect(outcome == 10)
    let outcome1 = schedule.note(10, at: .seconds(2))
    #expect(outcome1 == nil)
    let outcome2 = schedule.note(5, at: .seconds(3))
    #expect(outcome2 == nil)
    let outcome3 = schedule.note(11, at: .seconds(3))
    #expect(outcome3 == 11)
  }

  @Test("frees what was committed the delay before, never more")
  func later() {
    var schedule = TrimSchedule(delay: .seconds(320))
    var freed: [UInt64] = []
    for second in 0..<1_000 {
      if let offset = schedule.note(UInt64(second + 1), at: .seconds(second)) {
        #expect(Int(offset) <= second + 1 - 320)
        freed.append(offset)
      }
    }
    #expect(freed == freed.sorted() && Set(freed).count == freed.count)
    #expect(freed.last ?? 0 >= 1_000 - 320 - 11)
  }
}
