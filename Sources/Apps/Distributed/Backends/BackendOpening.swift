import Application
package import Composition
import InProcessAdapter
package import KafkaAdapter
package import RedisAdapter
package import S3Adapter
package import Serving

/// Opens the backends of a program at its start, and waits for those that do not answer yet.
package struct BackendOpening: Sendable {
  /// Between two attempts.
  private static let pause = Duration.seconds(1)

  private let settings: Settings
  private let process: ServingProcess
  private let clientID: String
  /// By the clock's `elapsed`: for all backends together.
  private let deadline: Duration

  /// - Parameter program: As brokers name it.
  package init(_ settings: Settings, in process: ServingProcess, program: String) {
    self.settings = settings
    self.process = process
    clientID = program
    deadline = process.clock.elapsed() + settings[StartSettings.timeout]
  }

  /// The log for whoever appends to it: topics are made, and the configured number of partitions is put into force.
  package func writtenLog() async throws -> KafkaEventLog {
    var configuration = logConfiguration(partitions: settings[KafkaSettings.partitions])
    configuration.replication = settings[KafkaSettings.replication]
    return try await log(configuration, waitsForTopics: false)
  }

  /// The log as an ingestor has made it, or will have made before the start's time is over.
  package func readLog() async throws -> KafkaEventLog {
    var configuration = logConfiguration(partitions: 1)
    configuration.keepsPlacements = true
    return try await log(configuration, waitsForTopics: true)
  }

  private func logConfiguration(partitions: Int) -> KafkaEventLogConfiguration {
    KafkaEventLogConfiguration(
      connection: KafkaSettings.connection(settings, clientID: clientID), topic: settings[KafkaSettings.topic],
      partitions: partitions)
  }

  private func log(
    _ configuration: KafkaEventLogConfiguration, waitsForTopics: Bool
  ) async throws -> KafkaEventLog {
    try await wait(for: .kafka(settings)) {
      do throws(EventLogError) {
        let log = try await KafkaEventLog.open(configuration, clock: process.clock, telemetry: process.telemetry)
        return .opened(log)
      } catch {
        switch error {
        case .unavailable(_, let reason), .full(_, let reason): return .away(reason: reason)
        case .rejected(let reason) where waitsForTopics: return .away(reason: reason)
        case .rejected(let reason), .corrupt(_, _, _, let reason): return .refused(reason: reason)
        case .unknownPartition, .outOfRange, .setBack, .closed: return .refused(reason: "\(error)")
        case .cancelled: return .cancelled
        }
      }
    }
  }

  package func deadLetters() async throws -> KafkaDeadLetterQueue {
    let configuration = KafkaDeadLetterQueueConfiguration(
      connection: KafkaSettings.connection(settings, clientID: clientID),
      topic: KafkaSettings.deadLetterTopic(settings))
    return try await wait(for: .kafka(settings)) {
      do throws(DeadLetterQueueError) {
        return .opened(
          try await KafkaDeadLetterQueue.open(configuration, clock: process.clock, telemetry: process.telemetry))
      } catch {
        switch error {
        case .unavailable(_, let reason): return .away(reason: reason)
        case .full(let reason), .corrupt(let reason): return .refused(reason: reason)
        case .cancelled: return .cancelled
        }
      }
    }
  }

  package func redis() async throws -> RedisClient {
    let client = try RedisClient(
      to: settings[RedisSettings.address], RedisSettings.configuration(settings), telemetry: process.telemetry)
    return try await wait(for: .redis(settings)) {
      do throws(RedisError) {
        try await client.check()
        return .opened(client)
      } catch {
        switch error {
        case .unavailable(let reason, _): return .away(reason: reason)
        case .refused(let reason), .corrupt(let reason): return .refused(reason: reason)
        case .cancelled: return .cancelled
        }
      }
    }
  }

  /// - Parameter access: With `.readWrite` the bucket is made if it is missing.
  package func store(_ access: S3Configuration.Access) async throws -> S3ObjectStore {
    let configuration = try S3Settings.configuration(settings, access: access)
    return try await wait(for: .store(settings)) {
      do throws(ObjectStoreError) {
        return .opened(
          try await S3ObjectStore.open(
            configuration, clock: process.clock, identifiers: process.identifiers, pool: process.blocking,
            telemetry: process.telemetry))
      } catch {
        switch error {
        case .unavailable(_, let reason): return .away(reason: reason)
        // An ingestor or a processor makes the bucket.
        case .rejected(let reason) where access == .readOnly: return .away(reason: reason)
        case .rejected(let reason), .full(let reason): return .refused(reason: reason)
        case .notFound, .alreadyExists, .tooLarge, .rangeNotSatisfiable: return .refused(reason: "\(error)")
        case .cancelled: return .cancelled
        }
      }
    }
  }

  private func wait<Value: Sendable>(
    for backend: BackendPlace, _ attempt: () async -> Attempt<Value>
  ) async throws -> Value {
    while true {
      switch await attempt() {
      case .opened(let value): return value
      case .refused(let reason): throw ServingFailure("\(backend) cannot be used: \(reason)")
      case .cancelled: throw CancellationError()
      case .away(let reason):
        guard process.clock.elapsed() + Self.pause < deadline else {
          throw ServingFailure("\(backend) did not answer in time: \(reason). \(backend.advice)")
        }
        process.telemetry.record(.trouble(area: "start", reason: "waiting for \(backend): \(reason)"))
        try await process.clock.sleep(for: Self.pause)
      }
    }
  }
}
