import Domain
import Testing

@Suite("RFC 3339")
struct RFC3339Tests {
  @Test(
    "reads the forms of section 5.6 and 5.8",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1985-04-12T23:20:50.52Z", 482_196_050_520_000_000),
      ("1996-12-19T16:39:57-08:00", 851_042_397_000_000_000), ("1990-12-31T23:59:60Z", 662_688_000_000_000_000),
      ("1937-01-01T12:00:27.87+00:20", -1_041_337_172_130_000_000),
      ("2026-11-24t13:05:07.123456789z", 1_795_525_507_123_456_789),
      ("2026-11-24 13:05:07.1234567891Z", 1_795_525_507_123_456_789), ("1677-09-21T00:12:43.145224192Z", Int64.min),
      ("2262-04-11T23:47:16.854775807Z", Int64.max), ("2000-02-29T00:00:00Z", 951_782_400_000_000_000),
    ] as [(String, Int64)])
  func reads(_ text: String, _ nanoseconds: Int64) {
    #expect(RFC3339.timestamp(text)?.nanoseconds == nanoseconds)
  }

  @Test(
    "refuses what is none",
    arguments: [
      "", "2026-11-24", "2026-11-24T13:05:07", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-11-24T24:00:00Z",
      "2026-11-24T13:60:00Z", "2026-11-24T13:05:61Z", "2026-11-24T13:05:07.Z", "2026-11-24T13:05:07+0100",
      "2026-11-24T13:05:07+24:00", "2026-11-24T13:05:07ZZ", "2026-1-24T13:05:07Z0", "9999-12-31T23:59:59Z",
      "0001-01-01T00:00:00Z", "2026-11-24X13:05:07Z", "2026-11-24T13:05:07Z ",
    ])
  func refuses(_ text: String) { #expect(RFC3339.timestamp(text) == nil) }

  @Test("writes what it reads back, over the whole range")
  func roundTrip() {
    var random = SeededGenerator(seed: 9)
    var times = [Int64.min, Int64.max, 0, -1, 1]
    for _ in 0..<5_000 { times.append(Int64(bitPattern: random.next())) }
    for nanoseconds in times {
      let text = RFC3339.text(Timestamp(nanoseconds: nanoseconds))
      #expect(text.utf8.count == 30)
      #expect(RFC3339.timestamp(text)?.nanoseconds == nanoseconds, "\(text)")
    }
  }
}
