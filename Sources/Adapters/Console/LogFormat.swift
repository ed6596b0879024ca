/// How a line looks.
package enum LogFormat: String, CaseIterable, Sendable {
  /// `2026-11-24T10:00:00Z WARN  flush failed partition=3 reason="…"`
  case text
  /// One JSON object a line: `time`, `level`, `message`, and the fields.
  case json
}
