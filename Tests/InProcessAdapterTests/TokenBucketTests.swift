import Domain
import Testing

@testable import InProcessAdapter

@Suite("A token bucket")
struct TokenBucketTests {
  private static func second(_ value: Double) -> Duration { .nanoseconds(Int64(value * 1e9)) }

  @Test("begins full")
  func beginsFull() {
    var bucket = TokenBucket(rate: 10, burst: .seconds(2), at: .seconds(100))
    #expect(bucket.wait(for: 20, at: .seconds(100)) == .zero)
    #expect(bucket.timeUntilFull(at: .seconds(100)) == .zero)
  }

  @Test("asking costs nothing, spending does")
  func asking() {
    var bucket = TokenBucket(rate: 10, burst: .seconds(2), at: .zero)
    for _ in 0..<5 { #expect(bucket.wait(for: 20, at: .zero) == .zero) }
    bucket.spend(20, at: .zero)
    #expect(bucket.wait(for: 1, at: .zero) == .milliseconds(100))
    #expect(bucket.wait(for: 20, at: .zero) == .seconds(2))
  }

  @Test("names the wait to the nanosecond", arguments: [1, 3, 7, 1_000, 1_000_000_007])
  func exactWait(rate: Int) {
    var bucket = TokenBucket(rate: rate, burst: .seconds(1), at: .zero)
    bucket.spend(rate, at: .zero)
    let wait = bucket.wait(for: 1, at: .zero)
    #expect(wait.wholeNanoseconds == (1_000_000_000 + Int64(rate) - 1) / Int64(rate))
    var (early, late) = (bucket, bucket)
    #expect(early.wait(for: 1, at: wait - .nanoseconds(1)) > .zero)
    #expect(late.wait(for: 1, at: wait) == .zero)
  }

  @Test("fills at its rate, up to the burst")
  func filling() {
    var bucket = TokenBucket(rate: 10, burst: .seconds(2), at: .zero)
    bucket.spend(20, at: .zero)
    #expect(bucket.wait(for: 5, at: Self.second(0.5)) == .zero)
    #expect(bucket.wait(for: 6, at: Self.second(0.5)) == .milliseconds(100))
    #expect(bucket.timeUntilFull(at: .seconds(1)) == .seconds(1))
    bucket.spend(20, at: .seconds(1_000))
    #expect(bucket.wait(for: 1, at: .seconds(1_000)) == .milliseconds(100), "a long pause saved up more than the burst")
  }

  @Test("takes a cost above the burst when it is full, and pays it off")
  func largeCost() {
    var bucket = TokenBucket(rate: 10, burst: .seconds(2), at: .zero)
    #expect(bucket.wait(for: 100, at: .zero) == .zero)
    bucket.spend(100, at: .zero)
    #expect(bucket.wait(for: 1, at: .zero) == Self.second(8.1))
    #expect(bucket.timeUntilFull(at: .zero) == .seconds(10))
  }

  @Test("holds one unit at least, however short the burst")
  func shortBurst() {
    var bucket = TokenBucket(rate: 1, burst: .milliseconds(1), at: .zero)
    #expect(bucket.wait(for: 1, at: .zero) == .zero)
    bucket.spend(1, at: .zero)
    #expect(bucket.wait(for: 1, at: .zero) == .seconds(1))
  }

  @Test("does not overflow at the largest values")
  func extremes() {
    var bucket = TokenBucket(rate: .max, burst: .seconds(86_400), at: .zero)
    bucket.spend(.max, at: .zero)
    #expect(bucket.wait(for: .max, at: .nanoseconds(Int64.max)) == .zero)
    var slow = TokenBucket(rate: 1, burst: .seconds(1), at: .zero)
    slow.spend(.max, at: .zero)
    #expect(slow.wait(for: 1, at: .zero) == .nanoseconds(Int64.max))
  }
}
