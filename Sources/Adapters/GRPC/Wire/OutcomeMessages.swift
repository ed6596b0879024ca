import Application
import Domain

/// The messages inside an answer: `Accepted`, `DeadLettered`, `RetryAfter`, `Rejected`.
enum OutcomeMessages {
  static func accepted(isExactlyOnce: Bool, retimed: Int, _ letters: [EventRejection]) -> [UInt8] {
    var bytes: [UInt8] = []
    if isExactlyOnce { bytes.append(tag: IngestorFields.Accepted.exactlyOnce, varint: 1) }
    bytes.append(tag: IngestorFields.Accepted.retimed, nonZero: retimed)
    for letter in letters {
      var event: [UInt8] = []
      event.append(tag: IngestorFields.DeadLetteredEvent.index, nonZero: letter.index)
      event.append(tag: IngestorFields.DeadLetteredEvent.reason, nonEmpty: letter.reason.rawValue)
      bytes.append(tag: IngestorFields.Accepted.deadLettered, message: event)
    }
    return bytes
  }

  static func deadLettered(_ reason: DeadLetterReason) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(tag: IngestorFields.DeadLettered.reason, nonEmpty: reason.text)
    return bytes
  }

  static func retryAfter(_ duration: Duration, _ reason: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(tag: IngestorFields.RetryAfter.milliseconds, nonZero: max(duration.wholeMilliseconds, 0))
    bytes.append(tag: IngestorFields.RetryAfter.reason, nonEmpty: reason)
    return bytes
  }

  static func rejected(_ reason: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(tag: IngestorFields.Rejected.reason, nonEmpty: reason)
    return bytes
  }

  static func accepted(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(DecodingError) -> BatchOutcome {
    var cursor = WireCursor(range)
    var isExactlyOnce = false
    var retimed = 0
    var letters: [EventRejection] = []
    while !cursor.isAtEnd {
      switch try cursor.tag(bytes) {
      case IngestorFields.Accepted.exactlyOnce: isExactlyOnce = try cursor.varint(bytes) != 0
      case IngestorFields.Accepted.retimed: retimed = Int(UInt32(truncatingIfNeeded: try cursor.varint(bytes)))
      case IngestorFields.Accepted.deadLettered: letters.append(try letter(bytes, try cursor.payload(bytes)))
      case let tag: try cursor.skip(tag, bytes)
      }
    }
    return .accepted(isExactlyOnce: isExactlyOnce, retimed: retimed, deadLetters: letters)
  }

  /// The reason of a newer server that this build does not know reads as `malformed`. The event itself is not sent back.
  private static func letter(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(DecodingError) -> EventRejection {
    var cursor = WireCursor(range)
    var index: UInt32 = 0
    var reason = ""
    while !cursor.isAtEnd {
      switch try cursor.tag(bytes) {
      case IngestorFields.DeadLetteredEvent.index: index = UInt32(truncatingIfNeeded: try cursor.varint(bytes))
      case IngestorFields.DeadLetteredEvent.reason: reason = try cursor.text(bytes)
      case let tag: try cursor.skip(tag, bytes)
      }
    }
    return EventRejection(index: index, reason: EventRejection.Reason(rawValue: reason) ?? .malformed, content: [])
  }

  /// The reason of a newer server that this build does not know reads as `undecodable`.
  static func deadLettered(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(DecodingError) -> BatchOutcome {
    let reason = try WireText.lastText(IngestorFields.DeadLettered.reason, of: bytes, range)
    return .deadLettered(reason: DeadLetterReason(text: reason) ?? .undecodable)
  }

  static func retryAfter(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(DecodingError) -> BatchOutcome {
    var cursor = WireCursor(range)
    var milliseconds: UInt64 = 0
    var reason = ""
    while !cursor.isAtEnd {
      switch try cursor.tag(bytes) {
      case IngestorFields.RetryAfter.milliseconds: milliseconds = try cursor.varint(bytes)
      case IngestorFields.RetryAfter.reason: reason = try cursor.text(bytes)
      case let tag: try cursor.skip(tag, bytes)
      }
    }
    return .retryAfter(.milliseconds(Int64(clamping: milliseconds)), reason: reason)
  }
}
