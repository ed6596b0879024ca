/// What a door says of a process.
package enum HealthReport: Hashable, Sendable {
  case ready
  /// In the order of the port; empty where the door has no words.
  case missing([String])
}
