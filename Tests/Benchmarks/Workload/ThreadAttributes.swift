import Application
import Domain

/// Adds to each event which code wrote it, so that one takes about 220 bytes on the wire, as the aims say.
struct ThreadAttributes {
  private static let loggers = ["OrderController", "HttpAccessLog", "StockRepository", "PaymentGateway", "MailSender"]
  private static let threads = (1...40).map { "http-nio-8080-exec-\($0)" }

  private let keys = (logger: Array("logger".utf8), thread: Array("thread".utf8))
  private let loggers = Self.loggers.map { Array($0.utf8) }
  private let threads = Self.threads.map { Array($0.utf8) }
  private var choice = RandomGaps(mean: 1 << 20)

  mutating func add(to batch: CutBatch) -> CutBatch {
    let old = batch.events
    var events = EventColumns(reservingEvents: old.count, bytes: old.messages.count)
    var message = 0
    var attribute = 0
    for row in 0..<old.count {
      let random = Int(choice.next())
      events.appendAttributes(encoded: old.attributes.span.extracting(attribute..<Int(old.attributeEnds[row])))
      let logger = loggers[random % loggers.count]
      let thread = threads[random % threads.count]
      let level = old.severityTextTable[Int(old.severityTexts[row])]
      events.appendAttribute(key: keys.logger.span, string: logger.span)
      events.appendAttribute(key: keys.thread.span, string: thread.span)
      events.endEvent(
        timestamp: Timestamp(nanoseconds: old.timestamps[row]),
        severity: Severity(number: Int(old.severities[row])) ?? .unspecified,
        severityText: level.span,
        message: old.messages.span.extracting(message..<Int(old.messageEnds[row])), traceID: TraceID(old.traceIDs[row]),
        spanID: SpanID(old.spanIDs[row]), index: UInt32(row))
      message = Int(old.messageEnds[row])
      attribute = Int(old.attributeEnds[row])
    }
    return CutBatch(service: batch.service, events: events)
  }
}
