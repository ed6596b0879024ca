import Testing

@testable import JournaldAdapter

@Suite("Cursors of the journal") struct JournalCursorTests {
  /// Lines, and the cursor of the last one.
  private static let cases: [([String], String?)] = [
    ([#"{"__CURSOR":"a"}"#], "a"),
    ([#"{"__CURSOR":"a"}"#, #"{"M":"x","__CURSOR" : "b;c=1"}"#], "b;c=1"),
    ([#"{"M":"\"__CURSOR\":\"x\"","__CURSOR":"b"}"#], "b"),
    ([#"{"__CURSOR":"a"}"#, "{}"], nil),
    ([""], nil),
    ([#"{"__CURSOR":"a"#], nil),
    ([#"{"__CURSOR":1}"#], nil),
  ]

  @Test("are those of the last line, wherever it has them", arguments: cases)
  func last(_ lines: [String], _ cursor: String?) {
    #expect(JournalCursor.last(in: Array(lines.map { $0 + "\n" }.joined().utf8)) == cursor)
  }

  @Test("are not taken from a line that is not whole")
  func part() {
    #expect(JournalCursor.last(in: Array(#"{"__CURSOR":"a"}"#.utf8)) == nil)
  }
}
