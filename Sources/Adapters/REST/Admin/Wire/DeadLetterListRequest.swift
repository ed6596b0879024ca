import Application
import Domain

/// The body of `POST /admin/v1/dead-letters/list`.
struct DeadLetterListRequest {
  static let fields = DeadLetterSelection.fields + ["position", "limit"]
  static let limits = 1...1_000

  let selection: DeadLetterSelection
  let position: UInt64
  let limit: Int
}

extension DeadLetterListRequest {
  init(json bytes: [UInt8]) throws(Problem) {
    let object = try RequestObject(bytes, fields: Self.fields)
    selection = try DeadLetterSelection(object)
    position = try object.value("position", "digits", { UInt64($0) }) ?? 0
    let limit = try object.integer("limit") ?? Int64(Self.limits.upperBound)
    guard let limit = Int(exactly: limit), Self.limits.contains(limit) else {
      throw Problem(.invalidRequest, "limit is \(limit): expected 1 to \(Self.limits.upperBound)", field: "limit")
    }
    self.limit = limit
  }

  var json: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.members(of: selection)
    json.key("position")
    json.integerString(position)
    json.key("limit")
    json.integer(limit)
    json.endObject()
    return json.drain()
  }
}
