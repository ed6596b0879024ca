import Application
import Domain

extension JSONWriter {
  mutating func change(_ change: EpochChange) {
    beginObject()
    key("partition")
    integer(change.partition.number)
    key("replaced")
    string(change.replaced.description)
    key("watermark")
    integerString(change.watermark)
    key("begun")
    string(change.begun.description)
    endObject()
  }
}

extension EpochChange {
  init(_ object: AnswerObject) throws(AdminClientError) {
    self.init(
      partition: try object.partition("partition"),
      replaced: LogEpoch(try object.value("replaced", Identifier128.init(hexadecimal:))),
      watermark: try object.integer("watermark"),
      begun: LogEpoch(try object.value("begun", Identifier128.init(hexadecimal:))))
  }
}
