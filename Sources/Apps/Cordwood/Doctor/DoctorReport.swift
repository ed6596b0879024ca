import Composition
import FoundationEssentials

/// What was found, for a person or a script.
struct DoctorReport: Sendable {
  let findings: [Finding]

  var isWell: Bool { findings.allSatisfy { $0.grade < .error } }

  /// A line a finding, and under those that are not well what to do.
  func text(for terminal: Terminal) -> String {
    let width = findings.map(\.subject.count).max() ?? 0
    var lines: [String] = []
    for finding in findings {
      let subject = finding.subject.padded(to: width)
      lines.append("\(mark(finding.grade, terminal))  \(subject)  \(PrintableText.make(finding.text, newline: " "))")
      if let advice = finding.advice { lines.append(String(repeating: " ", count: width + 11) + "-> " + advice) }
    }
    lines.append(summary)
    return lines.joined(separator: "\n")
  }

  /// An object: `well`, and `findings` with `grade`, `subject`, `text`, `advice`.
  func json() throws -> String {
    struct Item: Encodable {
      let grade: Finding.Grade
      let subject: String
      let text: String
      let advice: String?
    }
    struct Document: Encodable {
      let well: Bool
      let findings: [Item]
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let items = findings.map { Item(grade: $0.grade, subject: $0.subject, text: $0.text, advice: $0.advice) }
    return String(decoding: try encoder.encode(Document(well: isWell, findings: items)), as: UTF8.self)
  }

  private var summary: String {
    let errors = findings.count { $0.grade == .error }
    let warnings = findings.count { $0.grade == .warning }
    if errors == 0, warnings == 0 { return "all is well" }
    return "\(errors) error\(errors == 1 ? "" : "s"), \(warnings) warning\(warnings == 1 ? "" : "s")"
  }

  private func mark(_ grade: Finding.Grade, _ terminal: Terminal) -> String {
    switch grade {
    case .ok: terminal.paint("ok     ", .green)
    case .warning: terminal.paint("warning", .yellow)
    case .error: terminal.paint("error  ", .red)
    }
  }
}
