/// Writes Prometheus' text format 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format).
struct ExpositionWriter {
  private(set) var bytes: [UInt8] = []

  mutating func describe(name: String, kind: MetricKind, help: String) {
    append("# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(kind.rawValue)\n")
  }

  mutating func sample(_ name: String, labels: [(name: String, value: String)], _ value: Double) {
    append(name)
    if !labels.isEmpty {
      append("{")
      for (position, label) in labels.enumerated() {
        append("\(position > 0 ? "," : "")\(label.name)=\"\(Self.escaped(label.value, quotes: true))\"")
      }
      append("}")
    }
    append(" \(Self.text(value))\n")
  }

  mutating func histogram(_ name: String, labels: [(name: String, value: String)], _ histogram: DurationHistogram) {
    var count: UInt64 = 0
    for (bucket, bound) in (DurationHistogram.bounds + [.infinity]).enumerated() {
      count += histogram.counts[bucket]
      sample("\(name)_bucket", labels: labels + [("le", Self.text(bound))], Double(count))
    }
    sample("\(name)_sum", labels: labels, histogram.sum)
    sample("\(name)_count", labels: labels, Double(count))
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  static func text(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    // Whole numbers as such: shorter, and exact up to 2^53.
    if value == value.rounded(), abs(value) < 9_007_199_254_740_992 { return String(Int64(value)) }
    return value.description
  }

  /// Bytes below 0x20 but the line feed cannot come in: names and reasons are checked, or ours.
  private static func escaped(_ text: String, quotes: Bool) -> String {
    guard text.utf8.contains(where: { $0 == 0x5c || $0 == 0x0a || $0 == 0x22 }) else { return text }
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\"" where quotes: result += "\\\""
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }
}
