extension IngestStage {
  /// A door in front of a fresh `ReferenceIngest`.
  ///
  /// - Parameters:
  ///   - reference: What stands behind the door.
  ///   - door: A door in front of it.
  package init(_ reference: ReferenceIngest, door: any IngestDoor) {
    self.init(
      door: door, taken: { stream in await reference.messages(of: stream) },
      overload: { wait in await reference.change(to: .overloaded(wait)) },
      shutDown: { await reference.change(to: .shuttingDown) })
  }
}
