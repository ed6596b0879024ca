/// Any way to ask whether a process can do its work: the port itself, or a client of a wire adapter that stands before it.
package protocol HealthDoor: Sendable {
  /// Whether it passes on what is missing, in words. gRPC's health service has none.
  var hasWords: Bool { get }

  /// Whether the process can do its work.
  func readiness() async throws(HealthDoorFailure) -> HealthReport

  /// Whether the process runs at all; nil for a door that has no such question.
  func isAlive() async throws(HealthDoorFailure) -> Bool?
}
