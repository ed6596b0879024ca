/// Cuts a sequence of bytes into lines, however it is cut into pieces.
///
/// Fed by ownership, read by ranges of `buffer`: a line is copied at most once, and only what is left of a line at the end
/// of a piece is copied at all. A line ends with LF or CRLF; the last one may end with the bytes.
package struct LineSplitter: Sendable {
  /// Bytes of one line without its end. A batch of a single event may have 2 MiB, so a longer line cannot be sent.
  package static let maximumLineBytes = 2 << 20

  package enum Line: Hashable, Sendable {
    /// A range of `buffer`, without the line's end; may be empty.
    case bytes(Range<Int>)
    /// The line has more than `maximumLineBytes`; its bytes were dropped.
    case tooLong
  }

  /// What has been fed and not yet dropped.
  package private(set) var buffer: [UInt8] = []
  /// Where the line after the last one returned begins in `buffer`.
  package private(set) var lineEnd = 0
  /// Bytes from `lineEnd` on in which there is no line feed.
  private var searched = 0
  /// Whether the start of the line at `lineEnd` has been dropped since it is too long.
  private var isInLongLine = false
  private let limit: Int

  package init(maximumLineBytes limit: Int = maximumLineBytes) { self.limit = limit }

  /// Adds bytes. Ranges returned before are void from here on: the lines they showed are dropped.
  package mutating func feed(_ piece: consuming [UInt8]) {
    if lineEnd == buffer.count {
      buffer = piece
    } else {
      buffer.removeSubrange(..<lineEnd)
      buffer.append(piece.span)
    }
    lineEnd = 0
  }

  /// The next whole line; nil until more is fed.
  package mutating func next() -> Line? {
    guard let feed = LineFeed.first(in: buffer.span, from: lineEnd + searched, upTo: buffer.count) else {
      searched = buffer.count - lineEnd
      // One byte more than the limit may be the CR of a line that just fits.
      if searched > limit + 1 { dropLongLine() }
      return nil
    }
    return take(upTo: feed, next: feed + 1)
  }

  /// After the last piece: the line that no line feed ended; nil if there is none.
  package mutating func last() -> Line? {
    guard lineEnd < buffer.count || isInLongLine else { return nil }
    return take(upTo: buffer.count, next: buffer.count)
  }

  private mutating func take(upTo end: Int, next: Int) -> Line {
    defer {
      lineEnd = next
      searched = 0
      isInLongLine = false
    }
    let isCRLF = end > lineEnd && buffer[end - 1] == UInt8(ascii: "\r")
    let line = lineEnd..<(isCRLF ? end - 1 : end)
    return isInLongLine || line.count > limit ? .tooLong : .bytes(line)
  }

  private mutating func dropLongLine() {
    lineEnd = buffer.count
    searched = 0
    isInLongLine = true
  }
}
