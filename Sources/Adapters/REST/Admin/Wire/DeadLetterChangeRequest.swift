import Application

/// The body of `POST /admin/v1/dead-letters/replay` and of `…/drop`.
struct DeadLetterChangeRequest {
  static let fields = DeadLetterSelection.fields + ["limit", "force"]

  let selection: DeadLetterSelection
  /// `Int.max` for all.
  let limit: Int
  let isForced: Bool
}

extension DeadLetterChangeRequest {
  init(json bytes: [UInt8]) throws(Problem) {
    let object = try RequestObject(bytes, fields: Self.fields)
    selection = try DeadLetterSelection(object)
    let limit = try object.integer("limit") ?? .max
    guard let limit = Int(exactly: limit), limit > 0 else {
      throw Problem(.invalidRequest, "limit is \(limit): expected 1 or more", field: "limit")
    }
    self.limit = limit
    isForced = try object.bool("force")
  }

  var json: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.members(of: selection)
    if limit < .max {
      json.key("limit")
      json.integer(limit)
    }
    json.key("force")
    json.bool(isForced)
    json.endObject()
    return json.drain()
  }
}
