import FoundationEssentials
import Transport

/// What a running server says of itself.
struct ServerExamination: Examination {
  static let deadline = Duration.seconds(10)

  /// Host and port of its query API.
  let host: String
  let port: UInt16

  func findings() async -> [Finding] {
    let loop = EventLoop()
    loop.start()
    defer { loop.stop() }
    let head = HTTPRequestHead(
      method: "GET", target: "/health/ready", version: .http1_1, fields: ["accept": "application/json"])
    do throws(TransportError) {
      let (answer, body) = try await HTTP1Client.send(
        host: host, port: Int(port), head: head, body: [], deadline: Self.deadline, loop: loop)
      return findings(status: answer.status, body)
    } catch {
      return [
        .error(
          "server", "a server has the data folder, and none answers at http://\(host):\(port): \(error)",
          "give the HTTP_PORT and LISTEN_ADDRESS that it was started with, or look at its log")
      ]
    }
  }

  private func findings(status: Int, _ body: [UInt8]) -> [Finding] {
    if status == 200 { return [.ok("server", "it is ready at http://\(host):\(port)")] }
    guard let problem = try? JSONDecoder().decode(ProblemText.self, from: Data(body)) else {
      return [
        .error(
          "server", "http://\(host):\(port)/health/ready answers with status \(status)", "is it a Cordwood server?")
      ]
    }
    return [.error("server", problem.text, "docs/operations.md says what to do about each")]
  }
}
