import Domain

/// `Summary`: what an answer covers, and how much of it follows.
struct RecentSummary: Sendable {
  var epoch: LogEpoch
  var from: UInt64 = 0
  var end: UInt64 = 0
  var logEnd: UInt64 = 0
  var gaps = 0
  var records = 0
  var recordBytes = 0
  var isProvisional = false

  /// - Throws: If the epoch is not there, or the numbers cannot be those of an answer.
  init(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(DecodingError) {
    typealias Fields = ProcessorFields.Summary
    var cursor = WireCursor(range)
    var epoch: LogEpoch?
    while !cursor.isAtEnd {
      switch try cursor.tag(bytes) {
      case Fields.epoch: epoch = try LogEpoch(wire: bytes, try cursor.payload(bytes))
      case Fields.fromOffset: from = try cursor.varint(bytes)
      case Fields.endOffset: end = try cursor.varint(bytes)
      case Fields.logEndOffset: logEnd = try cursor.varint(bytes)
      case Fields.gapCount: gaps = try cursor.size(bytes)
      case Fields.recordCount: records = try cursor.size(bytes)
      case Fields.recordBytes: recordBytes = try cursor.size(bytes)
      case Fields.isProvisional: isProvisional = try cursor.varint(bytes) != 0
      case let tag: try cursor.skip(tag, bytes)
      }
    }
    guard let epoch else { throw DecodingError(.malformed, at: range.lowerBound, "a summary has no epoch") }
    self.epoch = epoch
    guard from <= end, UInt64(records) <= end - from else {
      throw DecodingError(
        .malformed, at: range.lowerBound, "\(records) records cannot be at the offsets \(from) up to \(end)")
    }
  }
}
