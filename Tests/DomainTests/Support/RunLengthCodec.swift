import Domain

/// Run-length coding: small enough to be right at sight, and shrinks and grows blocks as a real codec does.
struct RunLengthCodec: BlockCompression {
  static let name = "run-length"

  func compress(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] == bytes[start], end - start < 255 { end += 1 }
      output.append(UInt8(end - start))
      output.append(bytes[start])
      start = end
    }
  }

  func decompress(_ bytes: Span<UInt8>, count: Int, to output: inout [UInt8]) throws(DecodingError) {
    var cursor = ByteCursor(end: bytes.count)
    var written = 0
    while cursor.remaining > 0 {
      let run = Int(try cursor.uint8(bytes))
      let byte = try cursor.uint8(bytes)
      written += run
      guard written <= count else { throw DecodingError(.corrupt, at: cursor.offset, "more than \(count) bytes") }
      output.append(contentsOf: repeatElement(byte, count: run))
    }
    guard written == count else { throw DecodingError(.corrupt, at: cursor.offset, "\(written) of \(count) bytes") }
  }
}
