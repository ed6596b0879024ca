/// Rows of events in columns, as a scan sees them: an undecoded batch, or the decoded part of a chunk.
package protocol EventRows: MatchableRows {
  func key(at row: Int) -> OrderKey
  func event(at row: Int) throws(DecodingError) -> Event
}
