import PrometheusAdapter
import TelemetryContract
import Testing

/// Needs `promtool` on the PATH, which the Debian package `prometheus` has.
@Suite(
  "promtool", .enabled(if: Promtool.isInstalledOrRequired, "install the package 'prometheus'"), .timeLimit(.minutes(1)))
struct PromtoolIntegrationTests {
  @Test("finds nothing to complain about")
  func check() throws {
    let telemetry = PrometheusTelemetry()
    for event in try TelemetrySamples.everyCase() + TelemetrySamples.hostile() { telemetry.record(event) }
    let (status, output) = try Promtool.check(telemetry.exposition())
    #expect(status == 0, "\(output)")
    #expect(output.isEmpty, "\(output)")
  }

  @Test("is shown to complain", arguments: ["cordwood_bad 1\n", "# TYPE a_total gauge\na_total 1\n", "a{b=\"c\n"])
  func complains(_ text: String) throws {
    let (status, output) = try Promtool.check(Array(text.utf8))
    #expect(status != 0 && !output.isEmpty)
  }
}
