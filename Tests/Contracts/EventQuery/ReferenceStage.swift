import Application
import Domain

/// The oracle as a stage, behind any door.
package struct ReferenceStage<Door: EventQueryDoor>: EventQueryStage {
  package let door: Door
  private let query: ReferenceEventQuery

  /// - Parameter door: A way to `query`.
  package init(_ query: ReferenceEventQuery, door: Door) {
    self.query = query
    self.door = door
  }

  /// - Parameter door: Makes the way in.
  package init(door: (ReferenceEventQuery) -> Door) {
    let query = ReferenceEventQuery()
    self.init(query, door: door(query))
  }

  package func load(_ batches: [StoredBatch]) async { await query.load(batches) }

  package func breakSomething() async {
    await query.fallShort(.noOwner(PartitionID(0), reason: "the stage broke it"))
  }
}

extension ReferenceStage where Door == DirectEventQueryDoor {
  package init() { self.init { DirectEventQueryDoor($0) } }
}
