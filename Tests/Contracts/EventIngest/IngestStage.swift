package import Domain

/// A door with what stands behind it, fresh for each promise.
package struct IngestStage: Sendable {
  package let door: any IngestDoor
  /// What was taken of a stream, batch by batch in the order in which it was taken: the messages of its events.
  package let taken: @Sendable (StreamID) async throws -> [[[UInt8]]]
  /// Makes whatever is behind the door answer "later" from now on, with this wait. Nil where that cannot be arranged.
  package let overload: (@Sendable (Duration) async throws -> Void)?
  /// Makes it refuse everything because it stops. Nil where that cannot be arranged.
  package let shutDown: (@Sendable () async throws -> Void)?

  package init(
    door: any IngestDoor, taken: @escaping @Sendable (StreamID) async throws -> [[[UInt8]]],
    overload: (@Sendable (Duration) async throws -> Void)? = nil,
    shutDown: (@Sendable () async throws -> Void)? = nil
  ) {
    self.door = door
    self.taken = taken
    self.overload = overload
    self.shutDown = shutDown
  }
}
