import Application
import Crdkafka
import Domain
import EventLogContract
import InMemoryAdapter
import Testing
import Threads

@testable import KafkaAdapter

@Suite(
  "Kafka producer",
  .onMockKafka, .timeLimit(.minutes(2)))
struct KafkaProducerIntegrationTests {
  @Test("is made anew after a fatal error, and goes on")
  func fatal() async throws {
    let telemetry = RecordingTelemetry()
    try await Self.withProducer(telemetry: telemetry) { producer in
      let offset1 = try await producer.send([1], to: 0).get()
      #expect(offset1 == 0)
      let client = try #require(producer.client)
      _ = unsafe rd_kafka_test_fatal_error(
        client.handle, RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER, "as a test says")
      // Whatever is sent until then is not confirmed; the same again is what a sender does.
      while (try? await producer.send([2], to: 0).get()) == nil {}
      #expect(producer.client !== client)
      let isTold = telemetry.events.contains { event in
        if case .trouble(_, let reason) = event { reason.contains("made anew") } else { false }
      }
      #expect(isTold)
    }
  }

  @Test("refuses what does not fit in its queue, per partition, and tells what became of the rest")
  func full() async throws {
    try await Self.withProducer(bytes: 1_000, partitionBytes: 500, linger: .milliseconds(300)) { producer in
      async let first = producer.send([UInt8](repeating: 1, count: 400), to: 0)
      while producer.queuedBytes < 400 { await Task.yield() }
      let refused = await producer.send([UInt8](repeating: 2, count: 200), to: 0)
      guard case .failure(.full) = refused else {
        Issue.record("\(refused)")
        return
      }
      let offset2 = try await producer.send([UInt8](repeating: 3, count: 200), to: 1).get()
      #expect(offset2 == 0)
      let offset3 = try await first.get()
      #expect(offset3 == 0)
    }
  }

  @Test("lets go of a sender whose task is cancelled")
  func cancelled() async throws {
    try await Self.withProducer(linger: .seconds(5)) { producer in
      let sender = Task { await producer.send([1], to: 0) }
      while producer.queuedBytes == 0 { await Task.yield() }
      sender.cancel()
      guard case .failure(.cancelled) = await sender.value else {
        Issue.record("it was not cancelled")
        return
      }
    }
  }

  @Test("does not confirm what no broker has, within its delivery time-out")
  func leaderless() async throws {
    try await Self.withProducer(deliveryTimeout: .milliseconds(1_500)) { producer in
      let offset4 = try await producer.send([1], to: 0).get()
      #expect(offset4 == 0)
      try await MockCommands.send("leader \(producer.topicName) 0 -1")
      let outcome = await producer.send([2], to: 0)
      guard case .failure(.failed) = outcome else {
        Issue.record("\(outcome)")
        return
      }
      // The other partition goes on.
      let offset5 = try await producer.send([3], to: 1).get()
      #expect(offset5 == 0)
    }
  }

  static func withProducer(
    bytes: Int = 1 << 20, partitionBytes: Int = 1 << 20, linger: Duration = .milliseconds(1),
    deliveryTimeout: Duration = .seconds(10), telemetry: any Telemetry = IgnoredTelemetry(),
    _ body: (KafkaProducer) async throws -> Void
  ) async throws {
    let topic = KafkaUnderTest.freshName("produced")
    try await MockCommands.send("topic \(topic) 2")
    let producer = try KafkaProducer(
      try KafkaUnderTest.mock.connection(), topic: topic, linger: linger, deliveryTimeout: deliveryTimeout,
      limits: .init(bytes: bytes, partitionBytes: partitionBytes), maximumMessageBytes: 1 << 20,
      closeTimeout: .seconds(1), telemetry: telemetry)
    let thread = ThreadPool(name: "kafka-test", threads: 1)
    let run = Task(executorPreference: thread) { producer.run() }
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await body(producer)) } catch { outcome = .failure(error) }
    producer.close()
    await run.value
    try outcome.get()
  }
}
