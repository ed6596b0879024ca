import Application
import Domain

extension BatchSubmission {
  /// Decodes an encoded `PushRequest`, or a `PushOnceRequest`, which has the same fields.
  ///
  /// - Parameter traceParent: For a batch that carries none: the call's metadata. Empty if there is none.
  /// - Throws: What makes that the batch can never be taken.
  init(
    pushRequest message: Span<UInt8>, tenant: TenantID, terms: IngestTerms, traceParent: String = ""
  ) throws(BatchFault) {
    var walker = BatchWalker(terms, messageBytes: message.count)
    var cursor = WireCursor(0..<message.count)
    var ageMilliseconds: UInt64 = 0
    while !cursor.isAtEnd {
      var batch: Range<Int>?
      do throws(DecodingError) {
        switch try cursor.tag(message) {
        case IngestorFields.PushRequest.batch: batch = try cursor.payload(message)
        case IngestorFields.PushRequest.ageMs: ageMilliseconds = try cursor.varint(message)
        case let tag: try cursor.skip(tag, message)
        }
      } catch {
        throw .malformed(error)
      }
      if let batch { try walker.walk(message, batch) }
    }
    // An age of 292 years is as good as any above it.
    let age = Duration.milliseconds(Int64(min(ageMilliseconds, UInt64(Int64.max) / 1_000_000)))
    try self.init(walker, message, tenant, age: age, traceParent: traceParent)
  }

  private init(
    _ walker: BatchWalker, _ message: Span<UInt8>, _ tenant: TenantID, age: Duration, traceParent: String
  ) throws(BatchFault) {
    let service = try Self.service(message, walker.service)
    if let reason = walker.resourceFault { throw .invalidResource(reason) }
    var producer: ProducerID?
    if !walker.producer.isEmpty {
      guard let id = Identifier128(bytes: message.extracting(walker.producer)) else {
        throw .invalidProducer(bytes: walker.producer.count)
      }
      producer = ProducerID(id)
    }
    var parent = traceParent
    if !walker.traceParent.isEmpty {
      guard let text = String(validating: message.extracting(walker.traceParent)),
        text.utf8.count <= TraceParent.maximumBytes
      else { throw .invalidTraceParent }
      parent = text
    }
    self.init(
      stream: StreamID(tenant: tenant, service: service), producer: producer, sequence: walker.sequence,
      digest: walker.digest, placement: walker.placement, age: age, acceptsAnyAge: walker.acceptsAnyAge,
      traceParent: parent, events: walker.columns, rejections: walker.rejections, wireBytes: walker.wireBytes)
  }

  private static func service(_ message: Span<UInt8>, _ range: Range<Int>) throws(BatchFault) -> ServiceName {
    guard let text = String(validating: message.extracting(range)) else {
      throw .malformed(DecodingError(.malformed, at: range.lowerBound, "service is not UTF-8"))
    }
    do throws(NameError) { return try ServiceName(text) } catch { throw .invalidService(error) }
  }
}
