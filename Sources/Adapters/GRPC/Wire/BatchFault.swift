import Application
import Domain

/// Why a batch cannot be taken as it is, found before the use case sees it.
enum BatchFault: Error, Equatable, CustomStringConvertible {
  /// The bytes are not the message that they should be.
  case malformed(DecodingError)
  case tooLarge(bytes: Int, limit: Int, isSingleEvent: Bool)
  case invalidService(NameError)
  case invalidProducer(bytes: Int)
  case invalidResource(EventRejection.Reason)
  case invalidTraceParent

  var description: String {
    switch self {
    case .malformed(let error): "not a message of this protocol: \(error)"
    case .tooLarge(let bytes, let limit, true): "the batch of one event has \(bytes) bytes, at most \(limit) are taken"
    case .tooLarge(let bytes, let limit, false):
      "the batch has \(bytes) bytes, at most \(limit) are taken: cut smaller ones"
    case .invalidService(let error): "service: \(error)"
    case .invalidProducer(let bytes): "producer_id has \(bytes) bytes, expected 16 (or none)"
    case .invalidResource(let reason): "resource_attributes: \(reason.rawValue)"
    case .invalidTraceParent: "traceparent is not UTF-8 or has over \(TraceParent.maximumBytes) bytes"
    }
  }

  /// The label of the metric.
  var refusal: BatchRefusal {
    switch self {
    case .malformed, .invalidResource, .invalidTraceParent: .malformed
    case .tooLarge: .tooLarge
    case .invalidService: .invalidService
    case .invalidProducer: .invalidProducer
    }
  }
}
