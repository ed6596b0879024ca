import Application
import Domain
import Testing

@testable import RedisAdapter

@Suite("What is written to Redis")
struct EncodingTests {
  @Test(
    "reads addresses as users write them",
    arguments: [
      ("localhost", "localhost:6379"), ("redis://host:7000/", "host:7000"), ("[::1]:6380", "[::1]:6380"),
      ("::1", "[::1]:6379"), ("10.0.0.1:1", "10.0.0.1:1"),
    ])
  func address(_ text: String, _ expected: String) { #expect(RedisEndpoint(text)?.description == expected) }

  @Test("refuses what is no address", arguments: ["", ":1", "host:", "host:0", "host:65536", "host:x", "a/b", "u@h:1"])
  func noAddress(_ text: String) { #expect(RedisEndpoint(text) == nil) }

  @Test("never prints a password")
  func secret() {
    var configuration = RedisConfiguration()
    configuration.credentials = RedisCredentials(user: "user", password: "hidden")
    var dumped = ""
    dump(configuration, to: &dumped)
    #expect(!"\(configuration) \(String(reflecting: configuration)) \(dumped)".contains("hidden"))
  }

  @Test("puts every span into a slice that look-ups around it ask for", arguments: [0, 1, 42, 43, 44, 53, 54, 62])
  func slices(_ bits: Int) {
    let length = Int64(1) << bits
    for start in [Int64.min, -length, -1, 0, 1_700_000_000_000_000_000, Int64.max - length] {
      let span = Timestamp(nanoseconds: start)...Timestamp(nanoseconds: start + length)
      let slice = TimeSlice(of: span)
      for moment in [span.lowerBound, span.upperBound] {
        #expect(TimeSlice.covering(moment...moment)[slice.level].contains(slice.number))
      }
      #expect(TimeSlice(name: Array(slice.name.utf8)) == slice)
    }
    #expect(TimeSlice(of: .distantPast ... .distantFuture).level == 2)
  }

  @Test("gives an object back", arguments: [true, false])
  func objects(_ hasDigest: Bool) throws {
    let flush = FlushID(Identifier128(high: 0xabc, low: 1))
    let keys = [
      "a", "x/0123456789abcdef0123456789abcdef-0-1-2-pack-\(flush.value)-0.cwd",
      "x/0123456789ABCDEF0123456789ABCDEF%20",
      String(repeating: "f", count: 70),
    ]
    for text in keys {
      let object = ObjectDescriptor(
        key: try #require(ObjectKey(text)), flush: flush, size: .max,
        sha256: hasDigest ? [UInt8](repeating: 9, count: 32) : nil, formatVersion: 255, codec: "zstd", chunks: [])
      let bytes = ObjectEntry.encoded(object)
      #expect(try ObjectEntry(encoded: bytes.span).descriptor([]) == object)
      for end in 0..<min(bytes.count, 20) {
        let cut = Array(bytes[..<end])
        #expect(throws: DecodingError.self) { try ObjectEntry(encoded: cut.span) }
      }
    }
  }

  @Test("waits longer with each failure to connect, and not at all after a success")
  func paces() {
    var pacing = ReconnectPacing(.milliseconds(100)...Duration.seconds(1))
    let now = ContinuousClock.now
    #expect(pacing.wait(at: now) == nil)
    var waits: [Duration] = []
    for _ in 0..<6 {
      pacing.failed(at: now, chance: 1)
      waits.append(pacing.wait(at: now) ?? .zero)
    }
    #expect(waits == [100, 200, 400, 800, 1_000, 1_000].map { .milliseconds($0) })
    pacing.failed(at: now, chance: 0)
    #expect(pacing.wait(at: now) == .milliseconds(500))
    #expect(pacing.wait(at: now + .milliseconds(500)) == nil)
    pacing.succeeded()
    pacing.failed(at: now, chance: 1)
    #expect(pacing.wait(at: now) == .milliseconds(100))
  }
}
