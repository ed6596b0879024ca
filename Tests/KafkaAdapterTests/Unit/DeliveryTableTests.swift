import Testing

@testable import KafkaAdapter

@Suite("The producer's table of deliveries")
struct DeliveryTableTests {
  @Test("refuses what exceeds all bytes together")
  func total() {
    var table = DeliveryTable(limit: 100, partitionLimit: 100)
    #expect(table.reserve(60, for: 0) != nil)
    #expect(table.reserve(41, for: 1) == nil)
    #expect(table.reserve(40, for: 1) != nil)
    #expect(table.bytes == 100)
  }

  @Test("keeps room for other partitions when one takes its share")
  func share() throws {
    var table = DeliveryTable(limit: 100, partitionLimit: 50)
    let first = try #require(table.reserve(50, for: 0))
    #expect(table.reserve(1, for: 0) == nil)
    #expect(table.reserve(50, for: 1) != nil)
    _ = table.settle(first)
    #expect(table.reserve(50, for: 0) != nil)
  }

  @Test("takes a record above the limit when nothing else is there")
  func large() {
    var table = DeliveryTable(limit: 10, partitionLimit: 5)
    #expect(table.reserve(1_000, for: 0) != nil)
    #expect(table.reserve(1, for: 1) == nil)
  }

  @Test("settles a record once, and counts its bytes until then")
  func settling() throws {
    var table = DeliveryTable(limit: 100, partitionLimit: 100)
    let tag = try #require(table.reserve(7, for: 3))
    #expect(table.abandon(tag) == nil)
    #expect(table.bytes == 7)
    let settled = try #require(table.settle(tag))
    #expect(settled.partition == 3 && settled.bytes == 7 && settled.continuation == nil)
    #expect(table.settle(tag) == nil)
    #expect(table.isEmpty && table.bytes == 0)
  }

  @Test("does not let a task wait that has left before")
  func leftBefore() async throws {
    var table = DeliveryTable(limit: 100, partitionLimit: 100)
    let tag = try #require(table.reserve(7, for: 0))
    _ = table.abandon(tag)
    let outcome = await withCheckedContinuation { continuation in
      #expect(!table.attach(continuation, to: tag))
      continuation.resume(returning: .failure(.cancelled))
    }
    #expect(throws: KafkaProducer.Failure.self) { try outcome.get() }
    #expect(table.isEmpty)
  }
}
