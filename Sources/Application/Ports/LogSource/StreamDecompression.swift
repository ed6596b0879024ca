package import Domain

/// One compressed stream being unpacked, fed piece by piece in order: what a source of compressed logs reads through.
///
/// An instance is one stream's state, used by one task at a time. A stream is one member or several after each other
/// (`cat a.gz b.gz`): the adapter goes on to the next member by itself. Memory is bounded by the caller: each call gives
/// out at most `limit` bytes however far the input expands.
package protocol StreamDecompression: AnyObject, Sendable {
  /// Whether a stream of this kind begins with these bytes, of which there may be fewer than a whole header.
  ///
  /// gzip: the two bytes 1f 8b.
  func recognises(_ start: Span<UInt8>) -> Bool

  /// Unpacks some of `input`, appending at most `limit` bytes to `output`.
  ///
  /// Call it again with the rest of the input, and with an empty one, until it neither consumed nor appended anything: a
  /// decoder may hold back output that did not fit.
  ///
  /// - Parameters:
  ///   - input: What follows the bytes consumed so far; may be empty.
  ///   - limit: 1 or more.
  /// - Returns: How many bytes of `input` were consumed, 0 to all.
  /// - Throws: If the bytes are not a stream of this kind: a bad header, a checksum or length that differs, garbage after
  ///   a member (zero padding alone is passed over). The offset counts compressed bytes from the start. The stream cannot be
  ///   used after that.
  func unpack(
    _ input: Span<UInt8>, into output: inout [UInt8], limit: Int
  ) throws(DecodingError) -> Int

  /// Whether what was consumed so far ends where a member ends (its trailer checked, or nothing read at all); if the
  /// input ends while this is false, it was cut off.
  var isAtMemberEnd: Bool { get }
}
