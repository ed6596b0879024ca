import Application
import Composition
import Domain

/// A dead letter as a line for a person: number, time, reason, tenant and service, sequence, bytes, what became of it.
enum DeadLetterLine {
  static func text(_ letter: DeadLetterSummary, _ terminal: Terminal) -> String {
    var parts = [
      "\(letter.number)".padded(to: 6), terminal.paint(String(RFC3339.text(letter.time).prefix(23)) + "Z", .dim),
      terminal.paint(letter.reason.text.padded(to: 22), .yellow), place(letter),
    ]
    parts.append(terminal.paint("\(letter.bytes) bytes", .dim))
    if let replay = letter.replay { parts.append(outcome(replay, terminal)) }
    return parts.joined(separator: "  ")
  }

  private static func place(_ letter: DeadLetterSummary) -> String {
    guard case .batch(let key, let sequence, _, let index) = letter.id else { return "-" }
    let event = index.map { ", event \($0)" } ?? ""
    return PrintableText.make("\(key.stream)", newline: " ") + " batch \(sequence)\(event)"
  }

  private static func outcome(_ replay: DeadLetterReplay, _ terminal: Terminal) -> String {
    switch replay.outcome {
    case .accepted: terminal.paint("replayed", .green)
    case .refused(let reason): terminal.paint("refused again: \(reason.text)", .red)
    case nil: terminal.paint("replay not finished", .yellow)
    }
  }
}
