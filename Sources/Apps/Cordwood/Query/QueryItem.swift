/// What a line of text shows of an event.
struct QueryItem: Decodable, Sendable {
  /// RFC 3339, UTC.
  let timestamp: String
  let service: String
  let level: String?
  let severity: Int
  let message: String
  let attributes: [String: AttributeText]

  enum CodingKeys: String, CodingKey {
    case timestamp, service, level
    case severity = "severity_number"
    case message, attributes
  }
}

/// The value of an attribute as text, whatever its type.
struct AttributeText: Decodable, Sendable {
  let text: String

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      text = "\(value)"
    } else if let value = try? container.decode(Int64.self) {
      text = "\(value)"
    } else if let value = try? container.decode(Double.self) {
      text = "\(value)"
    } else {
      text = try container.decode(String.self)
    }
  }
}
