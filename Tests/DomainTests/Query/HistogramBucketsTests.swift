import Domain
import Testing

@Suite("buckets of time")
struct HistogramBucketsTests {
  @Test("cover any span, with at most so many of one width", arguments: 1...200 as ClosedRange<UInt64>)
  func cover(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // Of any length, from nanoseconds to centuries, anywhere.
    let start = Int64(bitPattern: random.next()) >> Int64(random.below(40))
    let length = Int64(random.next() >> UInt64(1 + random.below(62)))
    let (sum, overflows) = start.addingReportingOverflow(length)
    let span = Timestamp(nanoseconds: start)...Timestamp(nanoseconds: overflows ? .max : sum)
    let most = 1 + random.below(500)
    let buckets = HistogramBuckets(span, atMost: most)
    #expect(buckets.count >= 1 && buckets.count <= most)
    #expect(buckets.index(of: span.lowerBound) == 0)
    #expect(buckets.index(of: span.upperBound) == buckets.count - 1)
    #expect(buckets.start <= span.lowerBound)
    #expect(buckets.start(of: buckets.count - 1) <= span.upperBound)
  }

  @Test("of the whole range of times", arguments: [1, 2, 3, 500])
  func everything(_ most: Int) {
    let buckets = HistogramBuckets(.distantPast...(.distantFuture), atMost: most)
    #expect(buckets.count <= most)
    #expect(buckets.index(of: .distantPast) == 0)
    #expect(buckets.index(of: .distantFuture) == buckets.count - 1)
  }

  @Test("are of widths that people read, at round times")
  func easyWidths() {
    let noon = Timestamp(nanoseconds: 1_795_521_600_000_000_000)
    let late = noon.advanced(by: .seconds(3_600)).advanced(by: .nanoseconds(-1))
    #expect(HistogramBuckets(noon...late, atMost: 60).width == 60_000_000_000)
    #expect(HistogramBuckets(noon...late, atMost: 59).width == 120_000_000_000)
    let odd = HistogramBuckets(noon.advanced(by: .seconds(61))...late, atMost: 60)
    #expect(odd.start == noon.advanced(by: .seconds(60)))
    #expect(HistogramBuckets(noon...noon, atMost: 500).width == 1_000_000)
  }

  @Test("take a time outside as one at their edge")
  func outside() {
    let noon = Timestamp(nanoseconds: 1_795_521_600_000_000_000)
    let buckets = HistogramBuckets(noon...noon.advanced(by: .seconds(59)), atMost: 10)
    #expect(buckets.index(of: .distantPast) == 0)
    #expect(buckets.index(of: .distantFuture) == buckets.count - 1)
  }
}
