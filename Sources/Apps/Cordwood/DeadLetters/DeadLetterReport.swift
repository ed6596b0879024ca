import Application
import Composition
import Domain

/// What `cordwood dlq show` prints for a person. Whatever senders wrote is made harmless for a terminal.
struct DeadLetterReport {
  /// Of an undecodable letter that are shown.
  static let shownBytes = 4_096

  let text: String

  init(_ detail: DeadLetterDetail) {
    let letter = detail.summary
    var lines = [
      "letter      \(letter.number)", "reason      \(letter.reason.text): \(letter.reason.words)",
      "found       \(RFC3339.text(letter.time))",
    ]
    switch letter.id {
    case .batch(let key, let sequence, let digest, let index):
      lines += [
        "tenant      \(Self.printable(key.stream.tenant.text))",
        "service     \(Self.printable(key.stream.service.text))",
        "producer    \(key.producer)",
        "sequence    \(sequence)\(index.map { ", event \($0) of the batch" } ?? ""), digest \(String(digest, radix: 16))",
      ]
    case .bytes(let checksum, let count):
      lines.append("bytes       \(count), checksum \(String(checksum, radix: 16))")
    }
    lines.append("replayed    \(Self.text(letter.replay))")
    switch DeadLetterContent(detail) {
    case .events(let events):
      lines.append("events      \(events.count), \(letter.bytes) bytes")
      lines += events.map(Self.line)
    case .bytes(let bytes, let reason, let message):
      if let message { lines.append("message     \(Self.printable(message))") }
      lines.append("content     \(bytes.count) bytes that cannot be shown as events: \(Self.printable(reason))")
      lines += Self.dump(bytes.prefix(Self.shownBytes))
      if bytes.count > Self.shownBytes { lines.append("  … \(bytes.count - Self.shownBytes) bytes more") }
    }
    text = lines.joined(separator: "\n")
  }

  private static func text(_ replay: DeadLetterReplay?) -> String {
    guard let replay else { return "never" }
    let times = "first \(RFC3339.text(replay.first)), last \(RFC3339.text(replay.last))"
    switch replay.outcome {
    case .accepted: return "accepted; \(times)"
    case .refused(let reason): return "refused again, \(reason.text): \(reason.words); \(times)"
    case nil: return "begun, and its outcome is not known: replay it again; \(times)"
    }
  }

  private static func line(_ event: Event) -> String {
    let level = event.levelText ?? "-"
    let attributes = event.attributes.map { " \(printable($0.key))=\(printable($0.value.text))" }.joined()
    return "  \(RFC3339.text(event.key.timestamp)) \(printable(level)) "
      + printable(String(decoding: event.message, as: UTF8.self)) + attributes
  }

  /// Sixteen bytes a line, as hexadecimal digits and, where they are ASCII, as text.
  private static func dump(_ bytes: ArraySlice<UInt8>) -> [String] {
    stride(from: 0, to: bytes.count, by: 16).map { start in
      let row = bytes.dropFirst(start).prefix(16)
      let digits = row.map { Hexadecimal.text([$0]) }.joined(separator: " ")
      let text = row.map { (0x20..<0x7F).contains($0) ? String(UnicodeScalar($0)) : "." }.joined()
      return "  " + digits.padded(to: 49) + text
    }
  }

  private static func printable(_ text: String) -> String { PrintableText.make(text, newline: "\\n") }
}

extension AttributeValue {
  /// As a person would write it.
  var text: String {
    switch self {
    case .string(let text): text
    case .int(let value): "\(value)"
    case .double(let value): "\(value)"
    case .bool(let value): "\(value)"
    }
  }
}
