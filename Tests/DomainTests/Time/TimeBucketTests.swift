import Domain
import Testing

@Suite("time buckets")
struct TimeBucketTests {
  @Test(
    "are aligned from 1970 on, on both sides of it",
    arguments: [
      (0, 0), (3_599_999_999_999, 0), (3_600_000_000_000, 3_600_000_000_000), (-1, -3_600_000_000_000),
    ] as [(Int64, Int64)])
  func aligned(_ time: Int64, _ start: Int64) {
    #expect(TimeBucket(containing: Timestamp(nanoseconds: time)).start.nanoseconds == start)
  }

  @Test("exist at the ends of the range")
  func ends() {
    #expect(TimeBucket(containing: .distantPast).start == .distantPast)
    #expect(TimeBucket(containing: .distantFuture).start < .distantFuture)
  }

  @Test("a time range holds its start and not its end")
  func range() {
    let range = TimeRange(from: Timestamp(nanoseconds: 10), to: Timestamp(nanoseconds: 20))
    #expect([9, 10, 19, 20].map { range.contains(Timestamp(nanoseconds: $0)) } == [false, true, true, false])
    #expect(range.overlaps(Timestamp(nanoseconds: 0)...Timestamp(nanoseconds: 10)))
    #expect(!range.overlaps(Timestamp(nanoseconds: 20)...Timestamp(nanoseconds: 30)))
    #expect(TimeRange.all.contains(.distantFuture))
  }
}
