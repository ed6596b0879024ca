/// A line of a container as Kubernetes' runtimes write it: `2016-10-06T00:17:09.669794202Z stdout F text`.
///
/// Time (RFC 3339, nanoseconds), stream, tags joined by colons, text; the first tag is `P` for a part of a line and `F` for
/// the last or only part (Kubernetes, "CRI: Dockershim logging", design proposal `kubelet-cri-logging`).
struct CRILine: Sendable {
  enum Stream: UInt8, Sendable {
    case stdout, stderr
  }

  let timestamp: Timestamp
  let stream: Stream
  /// The line goes on in the next one of its stream.
  let isPart: Bool
  let text: Range<Int>

  /// Nil if `line` of `bytes` has another shape.
  init?(_ bytes: Span<UInt8>, _ line: Range<Int>) {
    let end = line.upperBound
    // The shortest has a time to the second and no text.
    guard line.count >= 29, bytes[line.lowerBound + 4] == UInt8(ascii: "-"),
      bytes[line.lowerBound + 10] == UInt8(ascii: "T"),
      let space = Self.space(bytes, from: line.lowerBound + 19, upTo: min(end, line.lowerBound + 36)),
      space + 9 <= end, bytes[space + 1] == UInt8(ascii: "s"),
      bytes[space + 4] == UInt8(ascii: "o") || bytes[space + 4] == UInt8(ascii: "e"),
      let stream = Self.stream(bytes, at: space + 1), bytes[space + 7] == 0x20,
      let timestamp = RFC3339.timestamp(bytes.extracting(line.lowerBound..<space))
    else { return nil }
    let tag = bytes[space + 8]
    guard tag == UInt8(ascii: "F") || tag == UInt8(ascii: "P") else { return nil }
    var offset = space + 9
    if offset < end, bytes[offset] == UInt8(ascii: ":") {
      while offset < end, bytes[offset] != 0x20 { offset += 1 }
    }
    guard offset == end || bytes[offset] == 0x20 else { return nil }
    self.timestamp = timestamp
    self.stream = stream
    isPart = tag == UInt8(ascii: "P")
    text = min(offset + 1, end)..<end
  }

  private static func space(_ bytes: Span<UInt8>, from start: Int, upTo end: Int) -> Int? {
    var offset = start
    while offset < end {
      if bytes[offset] == 0x20 { return offset }
      offset += 1
    }
    return nil
  }

  private static func stream(_ bytes: Span<UInt8>, at start: Int) -> Stream? {
    switch PackedWord(bytes, start..<(start + 6)) {
    case stdout: .stdout
    case stderr: .stderr
    default: nil
    }
  }

  private static let stdout = PackedWord("stdout")
  private static let stderr = PackedWord("stderr")
}
