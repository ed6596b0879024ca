import Application
import Domain

extension RebuildReport {
  var json: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("generation")
    json.string(generation.description)
    json.key("objects_listed")
    json.integer(objectsListed)
    json.key("duration_ms")
    json.integer(Int64(duration / .milliseconds(1)))
    json.key("partitions")
    json.beginArray()
    for partition in partitions { json.partition(partition) }
    json.endArray()
    json.endObject()
    return json.drain()
  }

  init(_ object: AnswerObject) throws(AdminClientError) {
    var partitions: [Partition] = []
    for partition in try object.objects("partitions") { partitions.append(try Partition(partition)) }
    self.init(
      generation: Generation(try object.value("generation", Identifier128.init(hexadecimal:))), partitions: partitions,
      objectsListed: try object.integer("objects_listed"),
      duration: .milliseconds(try object.integer("duration_ms") as Int64))
  }
}

extension JSONWriter {
  fileprivate mutating func partition(_ partition: RebuildReport.Partition) {
    beginObject()
    key("partition")
    integer(partition.partition.number)
    key("snapshot")
    if let snapshot = partition.snapshot { integerString(snapshot) } else { null() }
    key("flushes")
    integer(partition.flushes)
    key("objects")
    integer(partition.objects)
    key("watermark")
    integerString(partition.watermark)
    key("strays")
    integer(partition.strays)
    key("unreached")
    integer(partition.unreached)
    unreadable("damaged_snapshots", partition.damagedSnapshots)
    unreadable("unreadable", partition.unreadable)
    endObject()
  }

  private mutating func unreadable(_ name: String, _ things: [RebuildReport.Unreadable]) {
    key(name)
    beginArray()
    for thing in things {
      beginObject()
      key("key")
      string(thing.key.text)
      key("reason")
      string(thing.reason)
      endObject()
    }
    endArray()
  }
}

extension RebuildReport.Partition {
  fileprivate init(_ object: AnswerObject) throws(AdminClientError) {
    self.init(partition: try object.partition("partition"))
    snapshot = try object.optionalInteger("snapshot")
    flushes = try object.integer("flushes")
    objects = try object.integer("objects")
    watermark = try object.integer("watermark")
    strays = try object.integer("strays")
    unreached = try object.integer("unreached")
    damagedSnapshots = try Self.unreadable("damaged_snapshots", object)
    unreadable = try Self.unreadable("unreadable", object)
  }

  private static func unreadable(
    _ name: String, _ object: AnswerObject
  ) throws(AdminClientError) -> [RebuildReport.Unreadable] {
    var things: [RebuildReport.Unreadable] = []
    for thing in try object.objects(name) {
      things.append(
        RebuildReport.Unreadable(key: try thing.value("key", ObjectKey.init), reason: try thing.string("reason")))
    }
    return things
  }
}
