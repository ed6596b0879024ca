import Foundation
import PrometheusAdapter
import Testing

@Suite("The table of metrics")
struct MetricTableTests {
  private var all: [MetricDefinition] { MetricTable.areas.flatMap(\.definitions) }

  @Test("names each metric once, by Prometheus' rules")
  func names() {
    #expect(Set(all.map(\.name)).count == all.count)
    for definition in all {
      #expect(definition.name.wholeMatch(of: /(cordwood|process)(_[a-z]+)+/) != nil, "\(definition.name)")
      #expect(definition.name.hasSuffix("_total") == (definition.kind == .counter), "\(definition.name)")
      #expect(definition.kind != .histogram || definition.name.hasSuffix("_seconds"), "\(definition.name)")
      #expect(!definition.help.isEmpty && !definition.help.hasSuffix("."), "\(definition.name)")
    }
  }

  /// `make docs` writes it, by running this test with `CORDWOOD_TEST_WRITE_DOCS` set.
  @Test("is what the document shows")
  func document() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = root.deletingLastPathComponent().appendingPathComponent("docs/metrics.md")
    if ProcessInfo.processInfo.environment["CORDWOOD_TEST_WRITE_DOCS"] != nil {
      try Data(MetricsDocument.markdown().utf8).write(to: file)
    }
    let committed = try String(contentsOf: file, encoding: .utf8)
    #expect(committed == MetricsDocument.markdown(), "docs/metrics.md is out of date: run make docs")
  }
}
