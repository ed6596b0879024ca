import Foundation

extension RunningServer {
  /// The sum of the series of a metric whose labels contain a text; 0 if there is none.
  func metric(_ name: String, _ labels: String = "") async throws -> Double {
    let lines = try await get("/metrics", port: ports.metrics).body.split(separator: "\n")
    return lines.reduce(0) { sum, line in
      guard line.hasPrefix(name), line.dropFirst(name.count).first.map({ $0 == " " || $0 == "{" }) == true,
        labels.isEmpty || line.contains(labels), let value = line.split(separator: " ").last.flatMap({ Double($0) })
      else { return sum }
      return sum + value
    }
  }

  /// Waits until the condition holds. The suite's time limit is the limit.
  func wait(until isTrue: () async throws -> Bool) async throws {
    while try await !isTrue() { try await Task.sleep(for: .milliseconds(50)) }
  }

  /// What `/health/ready` answers.
  func readiness() async throws -> (status: Int, body: String) { try await get("/health/ready", port: ports.metrics) }
}
