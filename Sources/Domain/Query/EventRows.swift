/// Rows of events in columns, as a scan sees them: an undecoded batch, or the decoded part of a chunk.
///
/// Messages lie one after the other in `messageStorage`, in the order of the rows.
package protocol EventRows {
  var rowCount: Int { get }
  var messageStorage: [UInt8] { get }
  /// Bit n: a row of severity number n may be here.
  var severitiesPresent: UInt32 { get }

  func timestamp(at row: Int) -> Timestamp
  func severityNumber(at row: Int) -> UInt8
  /// Within `messageStorage`.
  func messageRange(at row: Int) -> Range<Int>
  func traceID(at row: Int) -> TraceID?
  func key(at row: Int) -> OrderKey
  func event(at row: Int) throws(DecodingError) -> Event
}
