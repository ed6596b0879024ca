import Domain
import Testing

@testable import KafkaAdapter

@Suite("The table of sessions")
struct SessionTableTests {
  private let partition = PartitionID(3)

  @Test("begins a session once while the partition is owned")
  func once() throws {
    var table = SessionTable()
    let session = try #require(table.give(partition))
    #expect(table.give(partition) == nil)
    #expect(table.run(session))
    #expect(!table.areOver([partition]))
    let next = table.end(session)
    #expect(next == nil)
    #expect(table.areOver([partition]))
    // It returned by itself: it is not begun again.
    #expect(table.give(partition) == nil)
  }

  @Test("begins a new one when the partition comes back")
  func back() throws {
    var table = SessionTable()
    let session = try #require(table.give(partition))
    _ = table.run(session)
    let revoked = table.take(partition)
    #expect(revoked === session)
    #expect(!table.areOver([partition]))
    _ = table.end(session)
    #expect(table.areOver([partition]))
    let next = table.give(partition)
    #expect(next != nil && next !== session)
  }

  @Test("waits for the old session before it begins the next")
  func overlap() throws {
    var table = SessionTable()
    let session = try #require(table.give(partition))
    _ = table.run(session)
    _ = table.take(partition)
    #expect(table.give(partition) == nil)
    let next = table.end(session)
    #expect(next != nil && next !== session)
  }

  @Test("does not run what was taken before it began")
  func takenBefore() throws {
    var table = SessionTable()
    let session = try #require(table.give(partition))
    #expect(table.take(partition) == nil)
    #expect(!table.run(session))
    #expect(table.areAllOver)
  }

  @Test("gives nothing any more once it is stopped")
  func stopped() throws {
    var table = SessionTable()
    let running = try #require(table.give(partition))
    _ = table.run(running)
    _ = table.give(PartitionID(4))
    let revoked = table.stop()
    #expect(revoked.count == 1 && revoked.first === running)
    #expect(table.give(PartitionID(5)) == nil)
    #expect(!table.areAllOver)
    _ = table.end(running)
    #expect(table.areAllOver)
  }
}
