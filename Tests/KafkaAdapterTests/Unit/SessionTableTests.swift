import Domain
import Testing

@testable import KafkaAdapter

@Suite("The table of sessions")
struct SessionTableTests {
  private let partition = PartitionID(3)

  @Test("begins a session once while the partition is owned")
  func once() throws {
    var table = SessionTable()
    let outcome = table.give(partition)
    let session = try #require(outcome)
    let outcome1 = table.give(partition)
    #expect(outcome1 == nil)
    let outcome2 = table.run(session)
    #expect(outcome2)
    #expect(!table.areOver([partition]))
    let next = table.end(session)
    #expect(next == nil)
    #expect(table.areOver([partition]))
    // It returned by itself: it is not begun again.
    let outcome3 = table.give(partition)
    #expect(outcome3 == nil)
  }

  @Test("begins a new one when the partition comes back")
  func back() throws {
    var table = SessionTable()
    let outcome = table.give(partition)
    let session = try #require(outcome)
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
    let outcome = table.give(partition)
    let session = try #require(outcome)
    _ = table.run(session)
    _ = table.take(partition)
    let outcome1 = table.give(partition)
    #expect(outcome1 == nil)
    let next = table.end(session)
    #expect(next != nil && next !== session)
  }

  @Test("does not run what was taken before it began")
  func takenBefore() throws {
    var table = SessionTable()
    let outcome = table.give(partition)
    let session = try #require(outcome)
    let outcome1 = table.take(partition)
    #expect(outcome1 == nil)
    let outcome2 = table.run(session)
    #expect(!outcome2)
    #expect(table.areAllOver)
  }

  @Test("gives nothing any more once it is stopped")
  func stopped() throws {
    var table = SessionTable()
    let outcome = table.give(partition)
    let running = try #require(outcome)
    _ = table.run(running)
    _ = table.give(PartitionID(4))
    let revoked = table.stop()
    #expect(revoked.count == 1 && revoked.first === running)
    let outcome1 = table.give(PartitionID(5))
    #expect(outcome1 == nil)
    #expect(!table.areAllOver)
    _ = table.end(running)
    #expect(table.areAllOver)
  }
}
