import Application
import Domain

/// A dead letter with its content as `dlq show --output json` prints it.
struct DeadLetterDetailDocument: Encodable {
  struct EventDocument: Encodable {
    let timestamp: String
    let level: String
    let message: String
    let attributes: [String: String]
  }

  let letter: DeadLetterDocument
  let explanation: String
  /// Nil where the bytes are no events.
  let events: [EventDocument]?
  /// Of an event that breaks a rule, which is no event therefore; nil where there are events, or it has none.
  let message: String?
  /// Nil where there are events: all bytes, as hexadecimal digits.
  let contentHex: String?

  init(_ detail: DeadLetterDetail) {
    letter = DeadLetterDocument(detail.summary)
    explanation = detail.summary.reason.words
    switch DeadLetterContent(detail) {
    case .events(let found):
      (message, contentHex) = (nil, nil)
      events = found.map { event in
        EventDocument(
          timestamp: RFC3339.text(event.key.timestamp),
          level: event.levelText ?? "",
          message: String(decoding: event.message, as: UTF8.self),
          attributes: Dictionary(event.attributes.map { ($0.key, $0.value.text) }, uniquingKeysWith: { $1 }))
      }
    case .bytes(let bytes, _, let found):
      events = nil
      message = found
      contentHex = Hexadecimal.text(bytes)
    }
  }
}
