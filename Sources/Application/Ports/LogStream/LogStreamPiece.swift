/// Some lines of a stream.
package struct LogStreamPiece: Hashable, Sendable {
  /// Not empty, some 64 KiB at most unless a line is longer. Ends with a line feed, but for the last line of the stream, and
  /// for a line that is longer than the adapter keeps, which comes in several pieces.
  package let bytes: [UInt8]
  /// A stream made with it goes on behind this piece; opaque. Nil if this stream, or this place in it, cannot be returned to.
  package let cursor: String?

  package init(bytes: [UInt8], cursor: String?) {
    self.bytes = bytes
    self.cursor = cursor
  }
}
