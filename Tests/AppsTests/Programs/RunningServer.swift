import Foundation
import Glibc
import Testing
import Transport

/// `cordwood serve` on free ports of this machine.
final class RunningServer: Sendable {
  struct Ports: Equatable, Sendable {
    let grpc: Int
    let http: Int
    let metrics: Int
  }

  struct NotReady: Error, CustomStringConvertible {
    let description: String
  }

  let process: ProgramProcess
  let ports: Ports

  /// Starts it and waits until it says that it is ready.
  ///
  /// - Parameter folder: Its data is in `data` there, and outlives it.
  init(in folder: ScratchFolder, environment: [String: String] = [:]) async throws {
    process = try Self.start(in: folder, environment: environment)
    while !process.output.contains("\n  access ") {
      guard process.isRunning else { throw NotReady(description: "the server ended: \(process.error)") }
      try await Task.sleep(for: .milliseconds(10))
    }
    let output = process.output
    ports = try Ports(
      grpc: Self.port(in: output, of: "events"), http: Self.port(in: output, of: "queries"),
      metrics: Self.port(in: output, of: "metrics"))
  }

  /// Starts it without waiting for anything.
  static func start(in folder: ScratchFolder, environment: [String: String] = [:]) throws -> ProgramProcess {
    let standard = ["GRPC_PORT": "0", "HTTP_PORT": "0", "METRICS_PORT": "0", "DATA_DIR": folder.path(of: "data")]
    return try ProgramProcess(.cordwood, ["serve"], environment: environment.merging(standard) { own, _ in own })
  }

  /// Ends it gracefully.
  func stop() async {
    process.send(SIGTERM)
    #expect(await process.ended() == .exited(0))
  }

  /// Ends it in the middle of whatever it does.
  func kill() async {
    process.send(SIGKILL)
    #expect(await process.ended() == .signalled(SIGKILL))
  }

  func get(_ target: String, port: Int) async throws -> (status: Int, body: String) {
    let loop = EventLoop()
    loop.start()
    defer { loop.stop() }
    let (head, body) = try await HTTP1Client.send(
      host: "127.0.0.1", port: port, head: HTTPRequestHead(method: "GET", target: target, version: .http1_1),
      body: [], deadline: .seconds(30), loop: loop)
    return (head.status, String(decoding: body, as: UTF8.self))
  }

  /// Runs `cordwood query` against it.
  func query(_ arguments: String...) async throws -> ProgramOutcome {
    try await ProgramProcess.run(.cordwood, ["query", "--server", "127.0.0.1:\(ports.http)"] + arguments)
  }

  /// The messages of all events of the default tenant, in order, each as often as it is there.
  func messages() async throws -> [String] {
    let answer = try await query("--limit", "1000000", "--output", "json")
    try #require(answer.end == .exited(0), "\(answer.error)")
    #expect(answer.error.hasSuffix(", complete\n"), "\(answer.error)")
    return try answer.lines.map { try JSONDecoder().decode(Item.self, from: Data($0.utf8)).message }.sorted()
  }

  private struct Item: Decodable {
    let message: String
  }

  private static func port(in output: String, of what: String) throws -> Int {
    let line = try #require(output.split(separator: "\n").first { $0.hasPrefix("  \(what) ") })
    return try #require(Int(line.split(separator: ":").last?.prefix { $0.isNumber } ?? ""))
  }
}
