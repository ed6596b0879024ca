import Transport

/// What an endpoint answers, before it is sent.
struct Answer: Sendable {
  enum Body: Sendable {
    case bytes([UInt8])
    /// Written piece by piece while the client takes it.
    case page(EventPageText)
    /// Lines of JSON that an operation writes while it works: `AnswerLines`.
    case lines(AnswerLines)
  }

  var status = 200
  let contentType: String
  /// Beside those that every answer gets.
  var fields: HTTPFields = [:]
  let body: Body
}

extension Answer {
  /// A whole JSON text that is already written.
  static func json(_ bytes: [UInt8]) -> Answer {
    Answer(contentType: "application/json", body: .bytes(bytes))
  }

  static func text(_ text: String, contentType: String = "text/plain; charset=utf-8") -> Answer {
    Answer(contentType: contentType, body: .bytes(Array(text.utf8)))
  }
}
