/// Collects bytes until a line is whole, and gives whole lines in pieces.
///
/// A line of more than `maximumLineBytes` is given in parts, so that no more than that and one piece is ever held.
package struct WholeLines: Sendable {
  private var buffer: [UInt8] = []
  /// Bytes in which there is no line feed.
  private var searched = 0
  private let maximumLineBytes: Int

  package init(maximumLineBytes: Int) {
    precondition(maximumLineBytes > 0, "a line has a byte")
    self.maximumLineBytes = maximumLineBytes
  }

  /// Adds what was read.
  ///
  /// - Returns: The lines that are whole by now, or a part of one that is too long; nil until there is more.
  package mutating func add(_ bytes: consuming [UInt8]) -> [UInt8]? {
    if buffer.isEmpty { buffer = bytes } else { buffer.append(bytes.span) }
    var end = buffer.count
    while end > searched, buffer[end - 1] != 0x0a { end -= 1 }
    if end == searched {
      searched = buffer.count
      guard buffer.count > maximumLineBytes else { return nil }
      end = buffer.count
    }
    defer {
      buffer = Array(buffer[end...])
      searched = buffer.count
    }
    return end == buffer.count ? buffer : Array(buffer[..<end])
  }

  /// After the last bytes: the line that no line feed ends; nil if there is none.
  package mutating func last() -> [UInt8]? {
    defer {
      buffer = []
      searched = 0
    }
    return buffer.isEmpty ? nil : buffer
  }
}
