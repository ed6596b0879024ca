import Foundation
import Testing

@testable import cordwood

/// What one run of `cordwood doctor` said.
struct DoctorRun: Sendable {
  struct Item: Decodable {
    let grade: Finding.Grade
    let subject: String
    let text: String
    let advice: String?
  }

  private struct Document: Decodable {
    let well: Bool
    let findings: [Item]
  }

  static let freePorts = ["GRPC_PORT": "0", "HTTP_PORT": "0", "METRICS_PORT": "0"]

  let outcome: ProgramOutcome
  let isWell: Bool
  let findings: [Item]

  /// - Parameter environment: Beside free ports.
  init(_ environment: [String: String]) async throws {
    outcome = try await ProgramProcess.run(
      .cordwood, ["doctor", "--output", "json"], environment: Self.freePorts.merging(environment) { $1 })
    let document = try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
    (isWell, findings) = (document.well, document.findings)
  }

  var errors: [Item] { findings.filter { $0.grade == .error } }

  /// Whether there is such a finding.
  func has(_ grade: Finding.Grade, _ subject: String, _ words: String...) -> Bool {
    findings.contains { item in
      item.grade == grade && item.subject == subject && words.allSatisfy { item.text.contains($0) }
    }
  }
}
