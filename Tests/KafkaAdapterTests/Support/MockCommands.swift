import Foundation
import TestSupport
import Testing

/// Tells the mock cluster to make topics and faults.
enum MockCommands {
  /// Writes a line of its language into its pipe. It obeys within a moment and does not answer here.
  static func send(_ line: String) async throws {
    let settings = TestService.settings(of: "kafka-mock")
    let path = try #require(settings?["KAFKA_MOCK_COMMANDS"], "the mock cluster names no pipe for commands")
    let pipe = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    // One write of less than a page is whole, whoever else writes.
    try pipe.write(contentsOf: Data((line + "\n").utf8))
    try pipe.close()
    // Commands are obeyed in their order; the mock looks at least five times a second.
    try await Task.sleep(for: .milliseconds(30))
  }
}
