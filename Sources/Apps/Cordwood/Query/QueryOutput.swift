/// How `cordwood query` prints events.
enum QueryOutput: String, CaseIterable, Sendable {
  /// A line for a person: time, level, service, message, attributes.
  case text
  /// NDJSON: one item a line, byte for byte as the server wrote it.
  case json
}
