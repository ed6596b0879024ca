package import Application
package import Domain

/// Reads the `Event` messages of the ingestor's protocol.
package struct ProtobufEventDecoding: EventDecoding {
  package init() {}

  package func decode(_ event: [UInt8], limits: EventLimits) -> DecodedEvent {
    // The sizes of batches do not matter to a single event's walk.
    let terms = IngestTerms(
      maximumBatchBytes: event.count, maximumSingleEventBatchBytes: event.count, eventLimits: limits,
      placementVersion: 0)
    var walker = BatchWalker(terms, messageBytes: event.count)
    do throws(DecodingError) { try walker.walk(event: 0..<event.count, of: event.span, index: 0) } catch {
      return .rejected(.malformed)
    }
    if let rejection = walker.rejections.first { return .rejected(rejection.reason) }
    return .event(walker.columns)
  }

  /// The message of an event, whatever rule the rest of it breaks: for people to look at.
  ///
  /// - Returns: Nil if the bytes are no event, or one without a message.
  package func message(of event: [UInt8]) -> [UInt8]? {
    let bytes = event.span
    var cursor = WireCursor(0..<event.count)
    var message = 0..<0
    do throws(DecodingError) {
      while !cursor.isAtEnd {
        switch try cursor.tag(bytes) {
        case IngestorFields.Event.message: message = try cursor.payload(bytes)
        case let tag: try cursor.skip(tag, bytes)
        }
      }
    } catch { return nil }
    return message.isEmpty ? nil : Array(event[message])
  }
}
