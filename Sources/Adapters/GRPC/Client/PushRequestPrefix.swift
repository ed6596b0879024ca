import Domain

/// What goes before an encoded batch on a Push stream, so that the batch itself is sent as it is, without a copy: the
/// message's length, the fields of `PushRequest` but for the batch, and the batch's tag and length.
enum PushRequestPrefix {
  static func bytes(content: Int, age: Duration) -> [UInt8] {
    var fields: [UInt8] = []
    fields.append(tag: IngestorFields.PushRequest.ageMs, nonZero: max(age.wholeMilliseconds, 0))
    fields.append(tag: IngestorFields.PushRequest.batch, varint: UInt64(content))
    return MessageDeframer.prefix(length: fields.count + content) + fields
  }
}
