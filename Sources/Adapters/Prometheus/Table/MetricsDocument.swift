/// `docs/metrics.md`.
package enum MetricsDocument {
  package static func markdown() -> String {
    var text = """
      # Metrics

      Written from the table that `/metrics` is written from (`Sources/Adapters/Prometheus/Table`). Every metrics port
      serves the text format 0.0.4. Durations are in seconds, sizes in bytes.

      `tenant` is the tenant's name for the first 200 tenants that a process sees, `other` for the rest, and `_unknown`
      where the tenant is not known.

      Series without labels are there from the start, and so are the counters that have the label `partition` alone, once
      the process knows of the partition: an alert on their increase does not miss the first one. Other series begin with
      their first event, and with its value.

      """
    for area in MetricTable.areas {
      text += "\n## \(area.title)\n\n| metric | type | labels | what |\n| --- | --- | --- | --- |\n"
      for definition in area.definitions {
        let labels = definition.labels.map { "`\($0)`" }.joined(separator: ", ")
        text += "| `\(definition.name)` | \(definition.kind.rawValue) | \(labels) | \(definition.help) |\n"
      }
    }
    return text
  }
}
