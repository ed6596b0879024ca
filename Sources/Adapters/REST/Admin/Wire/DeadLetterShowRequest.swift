/// The body of `POST /admin/v1/dead-letters/show`.
struct DeadLetterShowRequest {
  let number: UInt64
}

extension DeadLetterShowRequest {
  init(json bytes: [UInt8]) throws(Problem) {
    let object = try RequestObject(bytes, fields: ["number"])
    guard let number = try object.value("number", "digits", { UInt64($0) }) else {
      throw Problem(.invalidRequest, "number is missing: expected a letter's number", field: "number")
    }
    self.number = number
  }

  var json: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("number")
    json.integerString(number)
    json.endObject()
    return json.drain()
  }
}
