/// A piece of a stream to be cut and kept at once.
struct StreamPortion: Sendable {
  let bytes: [UInt8]
  /// Of its first byte.
  let offset: UInt64
  /// Behind its last byte; nil where it cannot be returned to.
  let cursor: String?
  /// Whether what looks as if it went on is given out as it is.
  let isComplete: Bool
}
