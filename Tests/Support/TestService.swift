import Foundation

/// A real backing service (Tests/Services): one that all tests share, or one of a test's own that it may kill.
///
///     @Suite("…", .enabled(if: NeededService.isThereOrRequired(TestService.settings(of: "redis") != nil), "start it with …"))
///
///     try await TestService.withOwn("redis", ports: ["REDIS_PORT"]) { redis in
///       let address = try redis.setting("REDIS_ADDR")
///       try await redis.kill()
///       try await redis.start()
///     }
package struct TestService: Sendable {
  package struct Missing: Error, CustomStringConvertible {
    package let description: String
  }

  /// What tells that a shared service is there: the setting by which its clients find it.
  private static let addresses = [
    "redis": "REDIS_ADDR", "s3": "S3_ENDPOINT", "minio": "MINIO_ENDPOINT", "kafka-mock": "KAFKA_MOCK_BROKERS",
    "kafka": "KAFKA_BROKERS", "kafka3": "KAFKA3_BROKERS", "kafka-secure": "KAFKA_SECURE_BROKERS",
  ]

  private static let environment = ProcessInfo.processInfo.environment

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  package let name: String
  /// As `services.sh` printed them.
  package let settings: [String: String]
  private let folder: URL
  private let surroundings: [String: String]

  /// How clients reach the instance of a service that all tests share; nil if it is not there.
  ///
  /// The test's whole environment, in which Scripts/test.sh put what `services.sh env` prints.
  package static func settings(of name: String) -> [String: String]? {
    guard let address = addresses[name], environment[address] != nil else { return nil }
    return environment
  }

  /// Brings up an instance of the test's own, in a folder of its own, for as long as `body` runs; also brought down when
  /// that throws or its task is cancelled.
  ///
  /// - Parameters:
  ///   - ports: The environment variables that the service's file reads its ports from; each gets a free one.
  ///   - environment: What else the service's file reads.
  package static func withOwn<Result>(
    _ name: String, ports: [String], environment: [String: String] = [:],
    _ body: (TestService) async throws -> Result
  ) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cordwood-\(UUID().uuidString)")
    var surroundings = environment
    surroundings["SERVICES_DIR"] = folder.path
    for port in ports { surroundings[port] = try await freePort() }
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      let printed = try await command("up", name, surroundings)
      let service = TestService(
        name: name, settings: settings(from: printed), folder: folder, surroundings: surroundings)
      let result = try await body(service)
      try await service.down()
      return result
    } catch {
      _ = try? await command("down", name, surroundings)
      throw error
    }
  }

  /// One of `settings`.
  package func setting(_ key: String) throws -> String {
    guard let value = settings[key] else { throw Missing(description: "\(name) prints no \(key)") }
    return value
  }

  /// Ends its processes by SIGKILL; what it stored stays.
  package func kill() async throws { _ = try await Self.command("kill", name, surroundings) }

  /// Starts it again on what it stored; returns when it answers.
  package func start() async throws { _ = try await Self.command("start", name, surroundings) }

  /// Ends it and removes what it stored.
  package func down() async throws { _ = try await Self.command("down", name, surroundings) }

  /// Removes what it stored; only while it is killed. `start` then starts it empty.
  package func forget() throws {
    try FileManager.default.removeItem(at: folder.appendingPathComponent("\(name)/data"))
  }

  /// Sends a signal to its processes, or to one of them: `SIGSTOP` makes it hang, `SIGCONT` go on.
  package func signal(_ number: Int32, process: String? = nil) throws {
    let place = folder.appendingPathComponent(name)
    let files = try FileManager.default.contentsOfDirectory(at: place, includingPropertiesForKeys: nil).filter {
      $0.pathExtension == "pid" && (process == nil || $0.deletingPathExtension().lastPathComponent == process)
    }
    guard !files.isEmpty else { throw Missing(description: "\(name) has no process \(process ?? "at all")") }
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
      guard let id = Int32(text) else { throw Missing(description: "\(file.path) holds no process id") }
      Foundation.kill(id, number)
    }
  }

  private static func command(
    _ verb: String, _ name: String, _ surroundings: [String: String]
  ) async throws -> String {
    let script = root.appendingPathComponent("Tests/Services/services.sh").path
    return try await ShellCommand.run(script, [verb, name], environment: surroundings)
  }

  private static func freePort() async throws -> String {
    let library = root.appendingPathComponent("Scripts/lib.sh").path
    let printed = try await ShellCommand.run("/usr/bin/env", ["bash", "-c", "source '\(library)' && free_port"])
    return printed.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func settings(from printed: String) -> [String: String] {
    var settings: [String: String] = [:]
    for line in printed.split(separator: "\n") {
      let halves = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if halves.count == 2 { settings[String(halves[0])] = String(halves[1]) }
    }
    return settings
  }
}
