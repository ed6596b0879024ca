import Application
import Domain

/// Contents are base64 for addresses (RFC 4648 section 5).
extension JSONWriter {
  mutating func detail(_ detail: DeadLetterDetail) {
    beginObject()
    key("letter")
    summary(detail.summary)
    switch detail.content {
    case .record(let bytes):
      key("record")
      plainString { Base64.append(bytes.span, .urlSafe, to: &$0) }
    case .event(let bytes):
      key("event")
      plainString { Base64.append(bytes.span, .urlSafe, to: &$0) }
    }
    endObject()
  }
}

extension DeadLetterDetail {
  init(_ object: AnswerObject) throws(AdminClientError) {
    let content: DeadLetter.Content
    if let bytes = try object.optionalValue("event", { Base64.bytes(urlText: $0) }) {
      content = .event(bytes)
    } else {
      content = .record(try object.value("record", { Base64.bytes(urlText: $0) }))
    }
    self.init(summary: try DeadLetterSummary(try object.object("letter")), content: content)
  }
}
