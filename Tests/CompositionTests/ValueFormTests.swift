import Composition
import Testing

@Suite("Forms of settings")
struct ValueFormTests {
  @Test(
    "read sizes with decimal and binary units, in any case",
    arguments: [
      ("0", 0), ("4096", 4096), ("64MiB", 64 << 20), ("64mib", 64 << 20), ("500kB", 500_000), ("1.5GB", 1_500_000_000),
      ("1.5KiB", 1536), ("10_000B", 10_000), ("2 TiB", 2 << 40),
    ])
  func readsSizes(_ text: String, _ bytes: Int) {
    #expect(ValueForm.byteCount().parse(text) == bytes)
  }

  @Test(
    "refuse what is no size",
    arguments: ["", "MiB", "-1", "1.2B", "1..5kB", "64M", "1e6", "9999999TiB", "0x10", "1_", "٣"])
  func refusesSizes(_ text: String) {
    #expect(ValueForm.byteCount().parse(text) == nil)
  }

  @Test(
    "read durations, single and in descending units",
    arguments: [
      ("0", Duration.zero), ("250ms", .milliseconds(250)), ("30s", .seconds(30)), ("0.5s", .milliseconds(500)),
      ("7d", .seconds(604_800)), ("1h30m", .seconds(5400)), ("1.25h", .seconds(4500)), ("10us", .microseconds(10)),
    ])
  func readsDurations(_ text: String, _ duration: Duration) {
    #expect(ValueForm.duration().parse(text) == duration)
  }

  @Test(
    "refuse what is no duration",
    arguments: ["", "30", "s", "-3s", "1m1h", "1s1s", "5 weeks", "999999999d", "1.0000000001s"])
  func refusesDurations(_ text: String) {
    #expect(ValueForm.duration().parse(text) == nil)
  }

  @Test(
    "print a value as a text that reads back as the same value",
    arguments: [0, 1, 1000, 1024, 4 << 20, 1_500_000_000, 1 << 40])
  func printsSizes(_ bytes: Int) {
    let form = ValueForm.byteCount()
    #expect(form.parse(form.text(bytes)) == bytes)
  }

  @Test(
    "print durations in the largest unit that is exact",
    arguments: [
      (Duration.zero, "0s"), (.seconds(90), "90s"), (.seconds(120), "2m"), (.seconds(604_800), "7d"),
      (.milliseconds(1500), "1500ms"),
    ])
  func printsDurations(_ duration: Duration, _ text: String) {
    #expect(ValueForm.duration().text(duration) == text)
    #expect(ValueForm.duration().parse(text) == duration)
  }

  @Test(
    "read ports from 0 to 65535 and nothing else",
    arguments: [
      ("0", UInt16(0)), ("8080", 8080), ("65535", 65535), ("65536", nil), ("-1", nil), ("http", nil), ("80 ", nil),
      ("", nil),
    ] as [(String, UInt16?)])
  func readsPorts(_ text: String, _ port: UInt16?) {
    #expect(ValueForm.port.parse(text) == port)
  }

  @Test(
    "read counts within their range",
    arguments: [("1", 1), ("10_000", 10_000), ("0", nil), ("10001", nil), ("1.0", nil)] as [(String, Int?)])
  func readsCounts(_ text: String, _ count: Int?) {
    #expect(ValueForm.count(in: 1...10_000).parse(text) == count)
  }

  @Test(
    "read servers by name, IPv4 and bracketed IPv6 address",
    arguments: [
      "localhost:50051", "10.0.0.1:1,kafka-0.kafka:9092", "[::1]:50051", "[fe80::1%eth0]:80",
    ])
  func readsServers(_ text: String) throws {
    let servers = try #require(ValueForm.hostPorts.parse(text))
    #expect(ValueForm.hostPorts.text(servers) == text)
  }

  @Test(
    "refuse what is no list of servers",
    arguments: ["", "localhost", ":80", "a:0", "a:80,", "::1:80", "a b:80", "a:99999", "http://a:80"])
  func refusesServers(_ text: String) {
    #expect(ValueForm.hostPorts.parse(text) == nil)
  }

  @Test("allow a space after the comma in a list of servers")
  func allowsSpaces() {
    #expect(ValueForm.hostPorts.parse("a:1, b:2")?.map(\.host) == ["a", "b"])
  }

  @Test(
    "read switches by the usual words",
    arguments: [("true", true), ("ON", true), ("1", true), ("no", false), ("0", false), ("maybe", nil)]
      as [(String, Bool?)])
  func readsSwitches(_ text: String, _ value: Bool?) {
    #expect(ValueForm.onOff.parse(text) == value)
  }

  @Test("read one word of an enumeration in any case")
  func readsChoices() {
    let form = ValueForm<SampleProgram.Level>.choice
    #expect(form.parse("Warning") == .warning)
    #expect(form.parse("loud") == nil)
    #expect(form.expectation == "debug, info, warning or error")
  }
}
