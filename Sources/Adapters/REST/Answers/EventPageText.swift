import Application

/// A page of events as the JSON text of an answer, cut into pieces so that it is never in memory as a whole.
struct EventPageText: Sendable {
  /// A piece is closed after the event that reaches this size.
  static let pieceBytes = AnswerSender.maximumPieceBytes

  struct Piece: Sendable {
    let bytes: [UInt8]
    /// The event with which the next piece begins; nil after the last piece.
    let next: Int?
  }

  /// Ready, so that small answers know their length and large ones start at once.
  let first: Piece
  private let page: EventPage

  /// Writes the first piece: up to about 100 µs of work.
  init(_ page: EventPage) {
    self.page = page
    first = Self.piece(of: page, from: 0)
  }

  func piece(from start: Int) -> Piece { Self.piece(of: page, from: start) }

  private static func piece(of page: EventPage, from start: Int) -> Piece {
    let isFirst = start == 0
    var json = JSONWriter(reservingBytes: min(page.events.count - start, 128) * 512 + 1_024)
    if isFirst {
      json.beginObject()
      json.key("items")
      json.beginArray()
    } else {
      json.continueArray()
    }
    var index = start
    while index < page.events.count {
      if json.bytes.count >= pieceBytes { return Piece(bytes: json.drain(), next: index) }
      json.item(page.events[index])
      index += 1
    }
    json.endArray()
    json.key("next_cursor")
    if let cursor = page.nextCursor { json.string(cursor) } else { json.null() }
    json.report(page.report)
    json.endObject()
    return Piece(bytes: json.drain(), next: nil)
  }
}
