import Application
import Domain
import FoundationEssentials

/// A dead letter as `--output json` shows it. Scripts rely on the names.
struct DeadLetterDocument: Encodable {
  struct Replay: Encodable {
    let firstAt: String
    let lastAt: String
    /// `accepted`, `refused`, or nil where the last one did not come to an end.
    let outcome: String?
    /// Why it was refused again.
    let reason: String?
  }

  let number: UInt64
  let time: String
  let reason: String
  let tenant: String?
  let service: String?
  let producer: String?
  let sequence: UInt64?
  /// Position in its batch, of a single event.
  let event: UInt32?
  let bytes: Int
  let replay: Replay?

  init(_ letter: DeadLetterSummary) {
    number = letter.number
    time = RFC3339.text(letter.time)
    reason = letter.reason.text
    tenant = letter.tenant?.text
    bytes = letter.bytes
    switch letter.id {
    case .batch(let key, let sequence, _, let index):
      service = key.stream.service.text
      producer = key.producer.description
      self.sequence = sequence
      event = index
    case .bytes:
      service = nil
      producer = nil
      sequence = nil
      event = nil
    }
    replay = letter.replay.map { replay in
      switch replay.outcome {
      case nil: Self.replay(replay, outcome: nil, reason: nil)
      case .accepted: Self.replay(replay, outcome: "accepted", reason: nil)
      case .refused(let reason): Self.replay(replay, outcome: "refused", reason: reason.text)
      }
    }
  }

  private static func replay(_ replay: DeadLetterReplay, outcome: String?, reason: String?) -> Replay {
    Replay(
      firstAt: RFC3339.text(replay.first), lastAt: RFC3339.text(replay.last), outcome: outcome, reason: reason)
  }
}

/// One JSON object on a line of its own, its members sorted and named in lower case with underscores.
enum JSONLine {
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
