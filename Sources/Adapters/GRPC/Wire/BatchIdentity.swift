import Application
import Domain

/// Which batch an answer is about: what the server echoes and the client correlates by.
struct BatchIdentity: Hashable, Sendable {
  /// As sent; may be no valid name.
  var service = ""
  /// 16 bytes, or whatever else the sender gave.
  var producer: [UInt8] = []
  var sequence: UInt64 = 0

  /// The identity in an encoded `Batch`; nil if the bytes cannot be read that far or the service is not text.
  ///
  /// Fields inside events are passed over: this tells which batch is broken.
  init?(batch bytes: Span<UInt8>) {
    do throws(DecodingError) { try read(batch: bytes, 0..<bytes.count) } catch { return nil }
  }

  /// The identity in an encoded `PushRequest`; nil as above, or if it has no batch.
  init?(pushRequest bytes: Span<UInt8>) {
    var cursor = WireCursor(0..<bytes.count)
    var isFound = false
    do throws(DecodingError) {
      while !cursor.isAtEnd {
        let tag = try cursor.tag(bytes)
        guard tag == IngestorFields.PushRequest.batch else {
          try cursor.skip(tag, bytes)
          continue
        }
        isFound = true
        try read(batch: bytes, try cursor.payload(bytes))
      }
    } catch { return nil }
    if !isFound { return nil }
  }

  init(service: String, producer: [UInt8], sequence: UInt64) {
    self.service = service
    self.producer = producer
    self.sequence = sequence
  }

  init(of submission: BatchSubmission) {
    self.init(service: submission.stream.service.text, producer: [], sequence: submission.sequence)
    submission.producer?.value.append(to: &producer)
  }

  private mutating func read(batch bytes: Span<UInt8>, _ range: Range<Int>) throws(DecodingError) {
    var cursor = WireCursor(range)
    while !cursor.isAtEnd {
      switch try cursor.tag(bytes) {
      case IngestorFields.Batch.producerID: producer = [UInt8](bytes.extracting(try cursor.payload(bytes)))
      case IngestorFields.Batch.sequence: sequence = try cursor.varint(bytes)
      case IngestorFields.Batch.service:
        let range = try cursor.payload(bytes)
        guard let text = String(validating: bytes.extracting(range)) else {
          throw DecodingError(.malformed, at: range.lowerBound, "service is not UTF-8")
        }
        service = text
      case let tag: try cursor.skip(tag, bytes)
      }
    }
  }
}
