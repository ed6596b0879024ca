import Application
import Domain

extension JSONWriter {
  mutating func list(_ list: DeadLetterList) {
    beginObject()
    key("letters")
    beginArray()
    for letter in list.letters { summary(letter) }
    endArray()
    key("next")
    if let next = list.next { integerString(next) } else { null() }
    endObject()
  }

  mutating func summary(_ letter: DeadLetterSummary) {
    beginObject()
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
    endObject()
  }
}

extension DeadLetterList {
  init(_ object: AnswerObject) throws(AdminClientError) {
    var letters: [DeadLetterSummary] = []
    for letter in try object.objects("letters") { letters.append(try DeadLetterSummary(letter)) }
    self.init(letters: letters, next: try object.optionalInteger("next"))
  }
}

extension DeadLetterSummary {
  init(_ object: AnswerObject) throws(AdminClientError) {
    self.init(
      id: try DeadLetterID(try object.object("id")),
      reason: try object.value("reason", DeadLetterReason.init(text:)),
      tenant: try object.optionalValue("tenant", { try? TenantID($0) }),
      time: Timestamp(nanoseconds: try object.integer("time_ns")), bytes: try object.integer("bytes"))
  }
}
