import Application
import Domain

extension JSONWriter {
  mutating func replayed(_ letter: DeadLetterReplayed) {
    beginObject()
    key("number")
    integerString(letter.number)
    key("reason")
    string(letter.reason.text)
    key("tenant")
    if let tenant = letter.tenant { string(tenant.text) } else { null() }
    key("result")
    switch letter.result {
    case .accepted: string("accepted")
    case .acceptedBefore(let time):
      string("accepted-before")
      key("time_ns")
      integerString(time.nanoseconds)
    case .refused(let reason):
      string("refused")
      key("refused_for")
      string(reason.text)
    case .needsForce: string("needs-force")
    case .undecodable(let detail):
      string("undecodable")
      key("detail")
      string(detail)
    }
    endObject()
  }
}

extension DeadLetterReplayed {
  init(_ object: AnswerObject) throws(AdminClientError) {
    let result: Result
    switch try object.string("result") {
    case "accepted": result = .accepted
    case "accepted-before": result = .acceptedBefore(at: Timestamp(nanoseconds: try object.integer("time_ns")))
    case "refused": result = .refused(try object.value("refused_for", DeadLetterReason.init(text:)))
    case "needs-force": result = .needsForce
    case "undecodable": result = .undecodable(try object.string("detail"))
    case let other: throw .unexpected(reason: "the result '\(other.prefix(64))' is not known")
    }
    self.init(
      number: try object.integer("number"), reason: try object.value("reason", DeadLetterReason.init(text:)),
      tenant: try object.optionalValue("tenant", { try? TenantID($0) }), result: result)
  }
}
