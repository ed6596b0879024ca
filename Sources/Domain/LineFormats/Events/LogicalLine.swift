/// A line as its writer meant it: one line of the file, or the parts of one that a container's runtime split.
struct LogicalLine: Sendable {
  /// Where it begins in the buffer, what is in front of its text included.
  let start: Int
  /// Of its first part; with one part only, all of it.
  let text: Range<Int>
  /// Without the last line end.
  var contentEnd: Int
  var end: Int
  var parts = 1
  /// Nothing of it is missing: neither its line end nor a part.
  var isWhole: Bool
  /// More was there than an event may have.
  var isCut: Bool

  /// A line that no runtime has written anything in front of.
  init(_ line: RawLine) {
    self.init(line, text: line.content)
  }

  /// The part of a line that is in `line`.
  init(_ line: RawLine, text: Range<Int>) {
    start = line.content.lowerBound
    self.text = text
    contentEnd = line.content.upperBound
    end = line.end
    isWhole = line.isWhole
    isCut = line.isCut
  }
}
