import Crdkafka

/// What librdkafka or a broker said: a code and words for people.
struct KafkaError: Error, Sendable, CustomStringConvertible {
  let code: rd_kafka_resp_err_t
  let reason: String

  init(_ code: rd_kafka_resp_err_t, _ reason: String? = nil) {
    self.code = code
    self.reason = reason.flatMap { $0.isEmpty ? nil : $0 } ?? Self.text(code)
  }

  var description: String { reason }

  /// The names of the codes are the vendor's: `_TIMED_OUT` is the client's own, `REQUEST_TIMED_OUT` a broker's.
  var name: String { unsafe String(cString: rd_kafka_err2name(code)) }

  static func check(_ code: rd_kafka_resp_err_t) throws(KafkaError) {
    if code != RD_KAFKA_RESP_ERR_NO_ERROR { throw KafkaError(code) }
  }

  /// Takes an error object, if there is one, and throws it.
  static func check(taking error: OpaquePointer?) throws(KafkaError) {
    guard let error = unsafe error else { return }
    defer { unsafe rd_kafka_error_destroy(error) }
    throw KafkaError(unsafe rd_kafka_error_code(error), unsafe String(cString: rd_kafka_error_string(error)))
  }

  private static func text(_ code: rd_kafka_resp_err_t) -> String { unsafe String(cString: rd_kafka_err2str(code)) }
}
