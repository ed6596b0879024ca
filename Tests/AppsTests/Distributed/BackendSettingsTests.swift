import Composition
import KafkaAdapter
import RedisAdapter
import S3Adapter
import Testing

@testable import Distributed

@Suite("Settings of Kafka, Redis and S3")
struct BackendSettingsTests {
  private static let specification = DistributedProgram.make(
    name: "sample", summary: "Tests", discussion: "", examples: [],
    settings: KafkaSettings.all + KafkaSettings.membership + RedisSettings.all + S3Settings.all + ClusterSettings.all,
    open: { _, _ in throw CancellationError() }, lines: { _, _ in [] }
  ).specification

  private func settings(_ environment: [String: String]) throws -> Settings {
    guard case .run(_, let settings) = try ProgramArguments(Self.specification).parse([], environment: environment)
    else { throw UsageError("a text") }
    return settings
  }

  @Test("reach the services of a demo on this machine unless told otherwise")
  func defaults() throws {
    let settings = try settings([:])
    #expect(KafkaSettings.connection(settings, clientID: "test").brokers == "127.0.0.1:9092")
    #expect(settings[RedisSettings.address].description == "127.0.0.1:6379")
    let store = try S3Settings.configuration(settings, access: .readWrite)
    #expect(store.location.endpoint.description == "http://127.0.0.1:9000")
    #expect(store.location.bucket == "cordwood")
    #expect(store.createsBucket)
  }

  @Test(
    "take the object store's address with a scheme and without",
    arguments: [("minio:9000", "http://minio:9000"), ("https://s3.example", "https://s3.example")])
  func endpoint(given: String, expected: String) throws {
    let settings = try settings(["S3_ENDPOINT": given])
    #expect(try S3Settings.configuration(settings, access: .readOnly).location.endpoint.description == expected)
  }

  @Test("hand librdkafka what it needs to prove who we are, and print no secret")
  func security() throws {
    let settings = try settings([
      "KAFKA_SECURITY_PROTOCOL": "sasl_ssl", "KAFKA_SASL_MECHANISM": "PLAIN", "KAFKA_SASL_USERNAME": "app",
      "KAFKA_SASL_PASSWORD": "hush", "KAFKA_SSL_CA_FILE": "/ca.pem",
    ])
    let connection = KafkaSettings.connection(settings, clientID: "test")
    #expect(
      connection.properties == [
        "security.protocol": "SASL_SSL", "sasl.mechanism": "PLAIN", "sasl.username": "app", "sasl.password": "hush",
        "ssl.ca.location": "/ca.pem",
      ])
    #expect(!"\(connection)\(settings[KafkaSettings.password].debugDescription)".contains("hush"))
  }

  @Test("keep a member's place in the group by its name")
  func membership() throws {
    let ownership = KafkaSettings.ownership(
      try settings(["KAFKA_INSTANCE": "processor-1", "KAFKA_SESSION_TIMEOUT": "6s"]))
    #expect(ownership.instance == "processor-1")
    #expect(ownership.sessionTimeout == .seconds(6))
  }

  @Test("refuse a cluster secret that can be guessed, without repeating it")
  func clusterSecret() throws {
    let none = try ClusterSettings.clusterSecret(settings([:]))
    #expect(none == nil)
    let short = try settings(["CLUSTER_SECRET": "hush"])
    let error = #expect(throws: UsageError.self) { try ClusterSettings.clusterSecret(short) }
    #expect(error?.description.contains("hush") == false)
  }
}
