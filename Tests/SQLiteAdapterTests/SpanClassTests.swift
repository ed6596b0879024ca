import Domain
import Testing

@testable import SQLiteAdapter

@Suite("A span class") struct SpanClassTests {
  @Test(
    "is the number of bits of the span's length",
    arguments: [(0...0, 0), (5...6, 1), (5...7, 2), (0...7, 3), (0...8, 4), (0 ... .max, 63), (.min ... .max, 64)]
      as [(ClosedRange<Int64>, Int)])
  func isTheLength(_ span: ClosedRange<Int64>, _ number: Int) {
    #expect(SpanClass(times(span)).number == number)
  }

  @Test("looks far enough back for every span in it", arguments: 0...64)
  func looksFarEnoughBack(_ bits: Int) throws {
    let spanClass = try #require(SpanClass(number: Int64(bits)))
    let longest: UInt64 = bits == 64 ? .max : (1 << UInt64(bits)) - 1
    for end in [Int64.min, -7, 0, 7, .max] {
      let distance = UInt64(bitPattern: end &- .min)
      let start = longest > distance ? .min : end &- Int64(bitPattern: longest)
      #expect(spanClass.earliestStart(reaching: Timestamp(nanoseconds: end)) <= Timestamp(nanoseconds: start))
    }
  }

  @Test("has a number from 0 to 64", arguments: [-1, 65, .max])
  func hasLimits(_ number: Int64) {
    #expect(SpanClass(number: number) == nil)
  }

  private func times(_ span: ClosedRange<Int64>) -> ClosedRange<Timestamp> {
    Timestamp(nanoseconds: span.lowerBound)...Timestamp(nanoseconds: span.upperBound)
  }
}
