import Application
import DeadLetterQueueContract
import Domain
import InProcessAdapter
import Testing

@testable import KafkaAdapter

@Suite(
  "Kafka dead letter queue",
  .onKafka,
  .timeLimit(.minutes(2)))
struct KafkaDeadLetterQueueIntegrationTests {
  @Test("keeps the port's promises", arguments: DeadLetterQueuePromise.allCases)
  func keeps(_ promise: DeadLetterQueuePromise) async throws {
    let configuration = KafkaDeadLetterQueueConfiguration(
      connection: try KafkaUnderTest.kafka.connection(), topic: KafkaUnderTest.freshName("letters"))
    try await Self.withQueue(configuration) { try await promise.check(on: $0) }
  }

  @Test("keeps letters and what became of them over a restart, and shows them to other processes")
  func keepsOverRestart() async throws {
    let configuration = KafkaDeadLetterQueueConfiguration(
      connection: try KafkaUnderTest.kafka.connection(), topic: KafkaUnderTest.freshName("letters"))
    let samples = try (0..<6).map { try SampleLetter.numbered($0) }
    let replay = DeadLetterReplay(first: .epoch, placement: 1, last: .epoch, outcome: .accepted)
    let before = try await Self.withQueue(configuration) { queue in
      try await Self.withQueue(configuration) { other in
        try await queue.append(Array(samples[..<3]))
        try await other.append(samples)
        let letters = try await queue.read(from: 0, limit: 10, bytes: 1 << 20).letters
        #expect(letters.map(\.letter) == samples)
        try await other.drop([letters[0].position, letters[1].position])
        try await queue.note([letters[2].position: replay])
        return try await other.read(from: 0, limit: 10, bytes: 1 << 20).letters
      }
    }
    let after = try await Self.withQueue(configuration) {
      try await $0.read(from: 0, limit: 10, bytes: 1 << 20).letters
    }
    #expect(after == before)
    #expect(after.map(\.letter) == Array(samples[2...]))
    #expect(after.first?.replay == replay)
  }

  @Test("takes a letter again that another process has dropped and deleted meanwhile")
  func droppedElsewhere() async throws {
    let configuration = KafkaDeadLetterQueueConfiguration(
      connection: try KafkaUnderTest.kafka.connection(), topic: KafkaUnderTest.freshName("letters"))
    let letter = try SampleLetter.numbered(0)
    try await Self.withQueue(configuration) { queue in
      try await Self.withQueue(configuration) { other in
        try await queue.append([letter])
        #expect(try await other.allLetters() == [letter])
        try await queue.drop(try await queue.allKept().map(\.position))
        try await other.append([letter])
        #expect(try await other.allLetters() == [letter])
        #expect(try await queue.allLetters() == [letter])
      }
    }
  }

  static func withQueue<Result>(
    _ configuration: KafkaDeadLetterQueueConfiguration, _ body: (KafkaDeadLetterQueue) async throws -> Result
  ) async throws -> Result {
    let queue = try await KafkaDeadLetterQueue.open(
      configuration, clock: SystemClock(), telemetry: IgnoredTelemetry())
    do {
      let result = try await body(queue)
      await queue.close()
      return result
    } catch {
      await queue.close()
      throw error
    }
  }
}
