import Glibc
import Testing

@Suite("The services of the distributed system", .timeLimit(.minutes(2)))
struct ServiceRefusalTests {
  /// Nobody listens on port 1.
  private static let nowhere = [
    "KAFKA_BROKERS": "127.0.0.1:1", "REDIS_ADDR": "127.0.0.1:1", "S3_ENDPOINT": "127.0.0.1:1", "GRPC_PORT": "0",
    "HTTP_PORT": "0", "METRICS_PORT": "0",
  ]
  private static let services = [BuiltProgram.ingestor, .processor, .query]

  @Test("refuse a setting that cannot be, name it, and do not repeat a secret", arguments: services)
  func wrongSetting(_ service: BuiltProgram) async throws {
    let start = try await ProgramProcess.run(
      service, ["--kafka-brokers", "kafka", "--s3-secret-key", ""], environment: ["S3_SECRET_KEY": "hush"])
    #expect(start.end == .exited(2))
    #expect(start.output.isEmpty)
    #expect(start.error.contains("--kafka-brokers (KAFKA_BROKERS) is \"kafka\": expected one or more of host:port"))
    #expect(!start.error.contains("hush"))
  }

  @Test("wait a bounded time for what is away, then say what, where, and what to do", arguments: services)
  func away(_ service: BuiltProgram) async throws {
    let environment = Self.nowhere.merging(["START_TIMEOUT": "1s"]) { _, new in new }
    let start = try await ProgramProcess.run(service, [], environment: environment)
    #expect(start.end == .exited(1))
    #expect(start.output.isEmpty)
    #expect(start.error.contains("error: Kafka at 127.0.0.1:1 did not answer in time"), "\(start.error)")
    #expect(start.error.contains("set KAFKA_BROKERS to where it is"), "\(start.error)")
  }

  @Test("stop with status 0 while they still wait", arguments: services)
  func stopped(_ service: BuiltProgram) async throws {
    let process = try ProgramProcess(service, [], environment: Self.nowhere)
    while !process.error.contains("waiting for Kafka"), process.isRunning {
      try await Task.sleep(for: .milliseconds(10))
    }
    process.send(SIGTERM)
    #expect(await process.ended() == .exited(0))
  }
}
