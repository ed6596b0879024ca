import Application

extension DeadLetterDrop {
  var json: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("dropped")
    json.integer(dropped)
    json.key("kept")
    json.integer(kept)
    json.endObject()
    return json.drain()
  }

  init(_ object: AnswerObject) throws(AdminClientError) {
    self.init(dropped: try object.integer("dropped"), kept: try object.integer("kept"))
  }
}
