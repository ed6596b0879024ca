import FoundationEssentials

extension DecodingError {
  /// For a person: where in the JSON, and what is wrong there.
  var words: String {
    switch self {
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context): Self.words(context)
    case .keyNotFound(let key, let context): Self.place(context.codingPath) + "there is no '\(key.stringValue)'"
    @unknown default: "it is not as expected"
    }
  }

  private static func words(_ context: Context) -> String { place(context.codingPath) + context.debugDescription }

  private static func place(_ path: [any CodingKey]) -> String {
    guard !path.isEmpty else { return "" }
    return path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".") + ": "
  }
}
