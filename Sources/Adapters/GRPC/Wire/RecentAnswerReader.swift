import Application
import Domain

/// Puts an answer together from its messages, over bytes that are not trusted: it belongs to the question, and it is whole.
///
/// What it holds never exceeds what the first message announced, which is refused above the limit.
struct RecentAnswerReader {
  /// A gap is a hundred bytes, and a log that has thousands of them has other troubles.
  private static let maximumGaps = 1 << 16

  private let question: RecentQuestion
  private let limit: Int
  private var summary: RecentSummary?
  private var gaps: [Gap] = []
  private var batches: [RecentAnswer.Batch] = []
  private var recordBytes = 0

  /// - Parameter limit: Bytes of records that an answer may have.
  init(_ question: RecentQuestion, limit: Int) {
    self.question = question
    self.limit = limit
  }

  /// - Throws: `.resourceExhausted` for an answer over the limit, `.internalError` for one that cannot be right.
  mutating func take(_ message: [UInt8]) throws(GRPCStatus) {
    let bytes = message.span
    do throws(DecodingError) {
      var cursor = WireCursor(0..<bytes.count)
      while !cursor.isAtEnd {
        switch try cursor.tag(bytes) {
        case ProcessorFields.RecentResponse.summary: try begin(bytes, try cursor.payload(bytes))
        case ProcessorFields.RecentResponse.gaps: try takeGap(bytes, try cursor.payload(bytes))
        case ProcessorFields.RecentResponse.records: try takeRecord(bytes, try cursor.payload(bytes))
        case let tag: try cursor.skip(tag, bytes)
        }
      }
    } catch { throw GRPCStatus(.internalError, "the answer cannot be read: \(error)") }
    guard let summary, summary.recordBytes > limit else { return }
    throw GRPCStatus(
      .resourceExhausted, "the answer has \(summary.recordBytes) bytes of records, over the limit of \(limit)")
  }

  /// The answer, once all messages are taken.
  ///
  /// - Throws: `.internalError` if a part of it did not come.
  func finish() throws(GRPCStatus) -> RecentAnswer {
    guard let summary, gaps.count == summary.gaps, batches.count == summary.records,
      recordBytes == summary.recordBytes
    else { throw GRPCStatus(.internalError, "the answer is not whole: a part of what it announced did not come") }
    return RecentAnswer(
      epoch: summary.epoch, gaps: gaps, from: summary.from, end: summary.end, logEnd: summary.logEnd, batches: batches,
      isProvisional: summary.isProvisional)
  }

  private mutating func begin(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(DecodingError) {
    if summary != nil { throw DecodingError(.malformed, at: range.lowerBound, "there is a second summary") }
    let announced = try RecentSummary(bytes, range)
    guard announced.gaps <= Self.maximumGaps else {
      throw DecodingError(
        .malformed, at: range.lowerBound, "\(announced.gaps) gaps are announced, expected at most \(Self.maximumGaps)")
    }
    summary = announced
  }

  private mutating func takeGap(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(DecodingError) {
    guard let summary, gaps.count < summary.gaps else {
      throw DecodingError(.malformed, at: range.lowerBound, "there is a gap that was not announced")
    }
    gaps.append(try Gap(wire: bytes, range))
  }

  private mutating func takeRecord(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(DecodingError) {
    var cursor = WireCursor(range)
    var offset: UInt64 = 0
    var content = range.lowerBound..<range.lowerBound
    while !cursor.isAtEnd {
      switch try cursor.tag(bytes) {
      case ProcessorFields.Record.offset: offset = try cursor.varint(bytes)
      case ProcessorFields.Record.content: content = try cursor.payload(bytes)
      case let tag: try cursor.skip(tag, bytes)
      }
    }
    recordBytes += content.count
    // Over the limit is told once the message is read: what it holds is here already.
    guard let summary, batches.count < summary.records, recordBytes <= summary.recordBytes else {
      throw DecodingError(.malformed, at: range.lowerBound, "there is a record that was not announced")
    }
    guard (summary.from..<summary.end).contains(offset), offset > batches.last?.offset ?? 0 || batches.isEmpty else {
      throw DecodingError(.malformed, at: range.lowerBound, "the offset \(offset) is out of range or out of order")
    }
    let events = try EventBatch(EncodedRecord(bytes: [UInt8](bytes.extracting(content))))
    let stream = events.header.stream
    guard stream.tenant == question.tenant, question.service == nil || stream.service == question.service else {
      throw DecodingError(.malformed, at: range.lowerBound, "a record belongs to a stream that was not asked for")
    }
    batches.append(RecentAnswer.Batch(offset: offset, events: events))
  }
}
