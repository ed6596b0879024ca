/// Why bytes are not a document that we read.
enum XMLError: Error, Equatable, Sendable {
  /// Not well-formed, or of what this reader leaves out on purpose (a document type, an entity of its own).
  case malformed(at: Int)
  /// Deeper or of more elements than any answer of an S3 server.
  case tooLarge
}
