import Testing

@testable import Transport

@Suite struct BodyRateMeterTests {
  @Test("judges whole windows only, and each by itself")
  func windows() {
    var meter = BodyRateMeter(minBytesPerSecond: 100, window: .seconds(1))
    var verdicts = [meter.isTooSlow(after: 900)]
    meter.received(100)
    verdicts.append(meter.isTooSlow(after: 100))
    meter.received(99)
    verdicts.append(meter.isTooSlow(after: 1000))
    #expect(verdicts == [false, false, true])
  }

  @Test("a longer window than asked for asks for more bytes")
  func longWindow() {
    var meter = BodyRateMeter(minBytesPerSecond: 100, window: .seconds(1))
    meter.received(150)
    let isTooSlow = meter.isTooSlow(after: 2000)
    #expect(isTooSlow)
  }
}
