import Transport

/// An error as a client sees it: a problem document (RFC 9457) with a `code`.
struct Problem: Error, Equatable, Sendable {
  let code: ProblemCode
  /// What failed, on what, why, what to do. For the client that sent the request: it may repeat what that client sent.
  let detail: String
  /// The field of the request that is at fault.
  var field: String?
  /// Where in the body, in bytes from its start.
  var offset: Int?
  /// What is missing, one by one.
  var problems: [String] = []
  /// What a person should look at beside them.
  var notes: [String] = []
  /// Header fields beside those of every problem: `Retry-After`, `Allow`.
  var fields: HTTPFields = [:]

  init(_ code: ProblemCode, _ detail: String, field: String? = nil, offset: Int? = nil) {
    self.code = code
    self.detail = detail
    self.field = field
    self.offset = offset
  }

  func retrying(afterSeconds seconds: Int) -> Problem {
    var problem = self
    problem.fields.append("retry-after", String(seconds))
    return problem
  }

  func allowing(_ methods: [String]) -> Problem {
    var problem = self
    problem.fields.append("allow", methods.joined(separator: ", "))
    return problem
  }
}

extension Problem {
  init(_ error: JSONSyntaxError) {
    self.init(.invalidJSON, "\(error.reason) (at byte \(error.offset))", offset: error.offset)
  }

  var answer: Answer {
    Answer(status: code.status, contentType: "application/problem+json", fields: fields, body: .bytes(document))
  }

  /// The document's JSON text.
  var document: [UInt8] {
    var json = JSONWriter(reservingBytes: 512)
    json.beginObject()
    json.key("type")
    json.string("urn:cordwood:problem:\(code.rawValue)")
    json.key("title")
    json.string(code.title)
    json.key("status")
    json.integer(code.status)
    json.key("code")
    json.string(code.rawValue)
    json.key("detail")
    json.string(detail)
    if let field {
      json.key("field")
      json.string(field)
    }
    if let offset {
      json.key("offset")
      json.integer(offset)
    }
    if !problems.isEmpty {
      json.key("problems")
      json.strings(problems)
    }
    if !notes.isEmpty {
      json.key("notes")
      json.strings(notes)
    }
    json.endObject()
    return json.drain()
  }
}
