import Application
import Domain
import GRPCAdapter

/// What a letter holds, as far as it can be shown: events, or bytes.
enum DeadLetterContent {
  case events([Event])
  /// With why they are no events, and the message, if there is one to be found in them.
  case bytes([UInt8], reason: String, message: String? = nil)

  init(_ detail: DeadLetterDetail) {
    switch detail.content {
    case .record(let bytes):
      do throws(DecodingError) {
        let batch = try EventBatch(EncodedRecord(bytes: bytes))
        var events: [Event] = []
        for row in 0..<batch.count { events.append(try batch.event(at: row)) }
        self = .events(events)
      } catch { self = .bytes(bytes, reason: "\(error)") }
    case .event(let bytes): self = Self.event(bytes, detail.summary.id)
    }
  }

  /// The rule that it broke does not matter for a look at it: all limits are off.
  private static func event(_ bytes: [UInt8], _ id: DeadLetterID) -> DeadLetterContent {
    guard case .batch(let key, let sequence, let digest, _) = id else {
      return .bytes(bytes, reason: "it has no stream")
    }
    let decoding = ProtobufEventDecoding()
    switch decoding.decode(bytes, limits: .none) {
    case .rejected(let reason):
      return .bytes(
        bytes, reason: DeadLetterReason.event(reason).words,
        message: decoding.message(of: bytes).map { String(decoding: $0, as: UTF8.self) })
    case .event(let columns):
      let header = BatchHeader(
        stream: key.stream, producer: key.producer, sequence: sequence, digest: digest, firstSent: .epoch,
        received: .epoch)
      do throws(DecodingError) {
        return .events([try EventBatch(EncodedRecord(header, columns)).event(at: 0)])
      } catch { return .bytes(bytes, reason: "\(error)") }
    }
  }
}

extension EventLimits {
  fileprivate static var none: EventLimits {
    var limits = EventLimits()
    limits.messageBytes = .max
    limits.severityTextBytes = .max
    limits.attributes = .max
    limits.attributeKeyBytes = .max
    limits.attributeValueBytes = .max
    return limits
  }
}
