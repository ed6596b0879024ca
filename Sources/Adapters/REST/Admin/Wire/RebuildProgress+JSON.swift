import Application

extension RebuildProgress {
  var json: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("objects_listed")
    json.integer(objectsListed)
    json.key("partitions")
    json.integer(partitions)
    json.key("partitions_done")
    json.integer(partitionsDone)
    json.key("footers_read")
    json.integer(footersRead)
    json.endObject()
    return json.drain()
  }

  init(_ object: AnswerObject) throws(AdminClientError) {
    self.init()
    objectsListed = try object.integer("objects_listed")
    partitions = try object.integer("partitions")
    partitionsDone = try object.integer("partitions_done")
    footersRead = try object.integer("footers_read")
  }
}
