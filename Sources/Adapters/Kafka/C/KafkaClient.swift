import Crdkafka

/// One librdkafka client: its connections, threads and queues.
///
/// Thread-safe, as all of librdkafka's functions are (INTRODUCTION.md, "Threads and callbacks"). Topics and queues keep it alive;
/// when the last of them goes it is destroyed, which waits some milliseconds for its threads.
@safe
final class KafkaClient: @unchecked Sendable {  // the handle never changes and may be used from any thread
  enum Role: Sendable {
    case producer, consumer
  }

  let handle: OpaquePointer

  /// The library's version, comparable: 0x020601ff is 2.6.1.
  static var libraryVersion: Int { Int(rd_kafka_version()) }
  static var libraryVersionText: String { unsafe String(cString: rd_kafka_version_str()) }

  /// - Parameters:
  ///   - settings: In librdkafka's words (CONFIGURATION.md); later ones replace earlier ones.
  ///   - events: Which kinds of events come through `mainQueue` (`RD_KAFKA_EVENT_…`).
  init(_ role: Role, _ settings: [(name: String, value: String)], events: CInt) throws(KafkaError) {
    guard let configuration = unsafe rd_kafka_conf_new() else { throw KafkaError(RD_KAFKA_RESP_ERR__FAIL) }
    var reason = [CChar](repeating: 0, count: 512)
    for (name, value) in settings {
      let status = unsafe rd_kafka_conf_set(configuration, name, value, &reason, reason.count)
      if status != RD_KAFKA_CONF_OK {
        unsafe rd_kafka_conf_destroy(configuration)
        throw KafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG, Self.text(reason))
      }
    }
    unsafe cordwood_kafka_silence(configuration)
    unsafe rd_kafka_conf_set_events(configuration, events)
    let kind = role == .producer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER
    guard let handle = unsafe rd_kafka_new(kind, configuration, &reason, reason.count) else {
      unsafe rd_kafka_conf_destroy(configuration)
      throw KafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG, Self.text(reason))
    }
    unsafe self.handle = handle
  }

  // Without leaving a group: that would wait for events that nobody takes any more.
  deinit { unsafe rd_kafka_destroy_flags(handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE) }

  /// Where delivery reports and errors arrive.
  func mainQueue() -> KafkaQueue { unsafe KafkaQueue(rd_kafka_queue_get_main(handle)!, of: self) }  // never null

  /// A queue of the caller's own.
  ///
  /// - Parameter wake: Called from librdkafka's threads whenever the empty queue gets something; must not block.
  func newQueue(wake: (@Sendable () -> Void)? = nil) -> KafkaQueue {
    unsafe KafkaQueue(rd_kafka_queue_new(handle)!, of: self, wake: wake)  // never null
  }

  func topic(_ name: String) throws(KafkaError) -> KafkaTopic {
    guard let topic = unsafe rd_kafka_topic_new(handle, name, nil) else { throw KafkaError(rd_kafka_last_error()) }
    return unsafe KafkaTopic(topic, of: self)
  }

  /// The id that the cluster was formatted with; nil if no broker told it in time. Blocks.
  func clusterID(within milliseconds: CInt) -> String? {
    guard let id = unsafe rd_kafka_clusterid(handle, milliseconds) else { return nil }
    defer { unsafe rd_kafka_mem_free(handle, id) }
    return unsafe String(cString: id)
  }

  /// Why the client is broken for good; nil while it is not.
  var fatalError: KafkaError? {
    var reason = [CChar](repeating: 0, count: 512)
    let code = unsafe rd_kafka_fatal_error(handle, &reason, reason.count)
    return code == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : KafkaError(code, Self.text(reason))
  }

  /// Gives up what was queued or sent and has no outcome yet; each is reported as failed.
  func purge() { unsafe rd_kafka_purge(handle, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT) }

  static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
