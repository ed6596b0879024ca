import Crdkafka

/// A queue of librdkafka's.
@safe
final class KafkaQueue: @unchecked Sendable {  // as KafkaClient
  let handle: OpaquePointer
  private let client: KafkaClient
  /// Kept until the callback is disabled.
  private let alarm: Alarm

  private final class Alarm: Sendable {
    let wake: @Sendable () -> Void
    init(_ wake: @escaping @Sendable () -> Void) { self.wake = wake }
  }

  /// - Parameter wake: Called from librdkafka's threads whenever the empty queue gets something; must not block.
  init(_ handle: OpaquePointer, of client: KafkaClient, wake: (@Sendable () -> Void)? = nil) {
    unsafe self.handle = handle
    self.client = client
    alarm = Alarm(wake ?? {})
    guard wake != nil else { return }
    unsafe rd_kafka_queue_cb_event_enable(
      handle,
      { _, alarm in
        guard let alarm = unsafe alarm else { return }
        unsafe Unmanaged<Alarm>.fromOpaque(alarm).takeUnretainedValue().wake()
      }, Unmanaged.passUnretained(alarm).toOpaque())
  }

  deinit {
    unsafe rd_kafka_queue_cb_event_enable(handle, nil, nil)
    unsafe rd_kafka_queue_destroy(handle)
  }

  /// The next event; nil if none came in time. Blocks.
  func poll(milliseconds: CInt) -> KafkaEvent? {
    guard let event = unsafe rd_kafka_queue_poll(handle, milliseconds) else { return nil }
    return unsafe KafkaEvent(event)
  }

  /// Takes what is there, at most `count`. Does not wait.
  func takeMessages(_ count: Int) -> [KafkaMessage] {
    var pointers = unsafe [UnsafeMutablePointer<rd_kafka_message_t>?](repeating: nil, count: count)
    let found = unsafe rd_kafka_consume_batch_queue(handle, 0, &pointers, count)
    var messages: [KafkaMessage] = []
    for index in 0..<max(found, 0) {
      guard let message = unsafe pointers[index] else { continue }
      messages.append(unsafe Self.copied(message))
      unsafe rd_kafka_message_destroy(message)
    }
    return messages
  }

  private static func copied(_ message: UnsafeMutablePointer<rd_kafka_message_t>) -> KafkaMessage {
    let content = unsafe message.pointee
    let isError = unsafe content.err != RD_KAFKA_RESP_ERR_NO_ERROR
    let payload = unsafe [UInt8](UnsafeRawBufferPointer(start: content.payload, count: isError ? 0 : content.len))
    var error: KafkaError?
    if isError {
      // The payload of an error is its text.
      let text = unsafe rd_kafka_message_errstr(message).map { unsafe String(cString: $0) }
      error = unsafe KafkaError(content.err, text)
    }
    return unsafe KafkaMessage(
      error: error, offset: content.offset,
      time: rd_kafka_message_timestamp(message, nil), payload: payload)
  }
}
