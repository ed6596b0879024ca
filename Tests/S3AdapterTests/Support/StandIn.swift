import Foundation
import Threads

@testable import S3Adapter

/// The server of Python/stand_in.py, as its own process, for as long as `body` runs.
struct StandIn: Sendable {
  struct SeenRequest: Decodable, Sendable {
    let method: String
    let path: String
    /// Names in lower case.
    let headers: [String: String]
    let body: String
  }

  struct Failure: Error { let description: String }

  let url: String
  private let client: HTTPClient

  static func with<Result>(_ body: (StandIn) async throws -> Result) async throws -> Result {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Python/stand_in.py")
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-B", script.path]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    // It ends with its standard input: also when this process dies.
    defer { try? input.fileHandleForWriting.close() }
    let line = await withCheckedContinuation { continuation in
      Thread { continuation.resume(returning: output.fileHandleForReading.availableData) }.start()
    }
    guard let port = Int(String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw Failure(description: "stand_in.py did not say its port")
    }
    let server = StandIn(url: "http://127.0.0.1:\(port)", client: try HTTPClient(HTTPClientConfiguration()))
    do {
      let result = try await body(server)
      await server.client.close()
      return result
    } catch {
      await server.client.close()
      throw error
    }
  }

  /// What the next requests are answered with, as JSON.
  func script(_ answers: String) async throws { try await control("/_script", body: answers) }

  /// How long the credentials hold that it gives from now on.
  func setLifetime(seconds: Int) async throws { try await control("/_lifetime", body: "\(seconds)") }

  /// What has come so far, in order, without these controls.
  func requests() async throws -> [SeenRequest] {
    let body = try await control("/_requests", body: nil)
    return try JSONDecoder().decode([SeenRequest].self, from: Data(body))
  }

  @discardableResult
  private func control(_ path: String, body: String?) async throws -> [UInt8] {
    let response = try await client.perform(
      HTTPRequest(
        method: body == nil ? .get : .post, url: url + path, body: body.map { Array($0.utf8)[...] },
        timeout: .seconds(20),
        responseLimit: 8 << 20, bypassesProxies: true))
    return response.body
  }
}
