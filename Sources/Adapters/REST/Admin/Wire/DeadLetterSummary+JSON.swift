import Application
import Domain

extension JSONWriter {
  mutating func summary(_ letter: DeadLetterSummary) {
    beginObject()
    key("number")
    integerString(letter.number)
    key("id")
    id(letter.id)
    key("reason")
    string(letter.reason.text)
    key("tenant")
    if let tenant = letter.tenant { string(tenant.text) } else { null() }
    key("time_ns")
    integerString(letter.time.nanoseconds)
    key("bytes")
    integer(letter.bytes)
    key("replay")
    if let replay = letter.replay { self.replay(replay) } else { null() }
    endObject()
  }

  private mutating func replay(_ replay: DeadLetterReplay) {
    beginObject()
    key("first_ns")
    integerString(replay.first.nanoseconds)
    key("placement")
    integer(replay.placement)
    key("last_ns")
    integerString(replay.last.nanoseconds)
    switch replay.outcome {
    case nil: break
    case .accepted:
      key("outcome")
      string("accepted")
    case .refused(let reason):
      key("outcome")
      string("refused")
      key("reason")
      string(reason.text)
    }
    endObject()
  }
}

extension DeadLetterSummary {
  init(_ object: AnswerObject) throws(AdminClientError) {
    self.init(
      number: try object.integer("number"), id: try DeadLetterID(try object.object("id")),
      reason: try object.value("reason", DeadLetterReason.init(text:)),
      tenant: try object.optionalValue("tenant", { try? TenantID($0) }),
      time: Timestamp(nanoseconds: try object.integer("time_ns")), bytes: try object.integer("bytes"),
      replay: try object.optionalObject("replay").map { (replay) throws(AdminClientError) in
        try DeadLetterReplay(replay)
      })
  }
}

extension DeadLetterReplay {
  fileprivate init(_ object: AnswerObject) throws(AdminClientError) {
    let outcome: Outcome?
    switch try object.optionalString("outcome") {
    case nil: outcome = nil
    case "accepted": outcome = .accepted
    case "refused": outcome = .refused(try object.value("reason", DeadLetterReason.init(text:)))
    case let other?: throw .unexpected(reason: "the outcome '\(other.prefix(64))' is not known")
    }
    self.init(
      first: Timestamp(nanoseconds: try object.integer("first_ns")), placement: try object.integer("placement"),
      last: Timestamp(nanoseconds: try object.integer("last_ns")), outcome: outcome)
  }
}
