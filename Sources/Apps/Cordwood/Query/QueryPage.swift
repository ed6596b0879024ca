import FoundationEssentials

/// One answer of the query service.
struct QueryPage: Sendable {
  /// What it says beside the items. What this build does not know is passed over.
  struct Envelope: Decodable, Sendable {
    struct Reason: Decodable, Sendable {
      let code: String
      let detail: String
      /// The key of the object that it is about; nil for most.
      let object: String?
    }

    let nextCursor: String?
    let isComplete: Bool
    let reasons: [Reason]

    enum CodingKeys: String, CodingKey {
      case nextCursor = "next_cursor"
      case isComplete = "complete"
      case reasons = "incomplete_because"
    }
  }

  let envelope: Envelope
  /// Each item as the server wrote it.
  let items: [ArraySlice<UInt8>]

  /// - Throws: A decoding error if it is not an answer of `POST /v1/query`.
  init(_ bytes: [UInt8]) throws {
    guard let array = JSONArraySlices(member: "items", of: bytes) else {
      throw QueryFailure.unexpectedAnswer("it has no items")
    }
    items = array.elements
    // Without the items, which are most of it and are looked at one by one.
    let rest = Array(bytes[..<array.range.lowerBound] + Array("[]".utf8) + bytes[array.range.upperBound...])
    envelope = try JSONDecoder().decode(Envelope.self, from: Data(rest))
  }
}
