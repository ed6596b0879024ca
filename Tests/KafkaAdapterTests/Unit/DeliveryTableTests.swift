import Testing

@testable import KafkaAdapter

@Suite("The producer's table of deliveries")
struct DeliveryTableTests {
  @Test("refuses what exceeds all bytes together")
  func total() {
    var table = DeliveryTable(limit: 100, partitionLimit: 100)
    let outcome = table.reserve(60, for: 0)
    #expect(outcome != nil)
    let outcome1 = table.reserve(41, for: 1)
    #expect(outcome1 == nil)
    let outcome2 = table.reserve(40, for: 1)
    #expect(outcome2 != nil)
    #expect(table.bytes == 100)
  }

  @Test("keeps room for other partitions when one takes its share")
  func share() throws {
    var table = DeliveryTable(limit: 100, partitionLimit: 50)
    let outcome = table.reserve(50, for: 0)
    let first = try #require(outcome)
    let outcome1 = table.reserve(1, for: 0)
    #expect(outcome1 == nil)
    let outcome2 = table.reserve(50, for: 1)
    #expect(outcome2 != nil)
    _ = table.settle(first)
    let outcome3 = table.reserve(50, for: 0)
    #expect(outcome3 != nil)
  }

  @Test("takes a record above the limit when nothing else is there")
  func large() {
    var table = DeliveryTable(limit: 10, partitionLimit: 5)
    let outcome = table.reserve(1_000, for: 0)
    #expect(outcome != nil)
    let outcome1 = table.reserve(1, for: 1)
    #expect(outcome1 == nil)
  }

  @Test("settles a record once, and counts its bytes until then")
  func settling() throws {
    var table = DeliveryTable(limit: 100, partitionLimit: 100)
    let outcome = table.reserve(7, for: 3)
    let tag = try #require(outcome)
    let outcome1 = table.abandon(tag)
    #expect(outcome1 == nil)
    #expect(table.bytes == 7)
    let outcome2 = table.settle(tag)
    let settled = try #require(outcome2)
    #expect(settled.partition == 3 && settled.bytes == 7 && settled.continuation == nil)
    let outcome3 = table.settle(tag)
    #expect(outcome3 == nil)
    #expect(table.isEmpty && table.bytes == 0)
  }

  @Test("does not let a task wait that has left before")
  func leftBefore() async throws {
    var table = DeliveryTable(limit: 100, partitionLimit: 100)
    let reserved = table.reserve(7, for: 0)
    let tag = try #require(reserved)
    _ = table.abandon(tag)
    let outcome = await withCheckedContinuation { continuation in
      let isWaiting = table.attach(continuation, to: tag)
      #expect(!isWaiting)
      continuation.resume(returning: .failure(.cancelled))
    }
    #expect(throws: KafkaProducer.Failure.self) { try outcome.get() }
    #expect(table.isEmpty)
  }
}
