/// What a promise plays on: an empty system that takes batches, and a door to ask it through.
package protocol EventQueryStage: Sendable {
  associatedtype Door: EventQueryDoor

  var door: Door { get }

  /// Makes the events of `batches` findable; they are when it returns. May be called again with other batches.
  func load(_ batches: [StoredBatch]) async throws

  /// Makes something that the answers of every tenant need unreachable, so that none is complete: an object that cannot
  /// be read, an owner that does not answer.
  func breakSomething() async throws
}
