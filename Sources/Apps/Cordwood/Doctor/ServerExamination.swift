import Composition
import FoundationEssentials
import Transport

/// What a running server says of itself.
struct ServerExamination: Examination {
  static let deadline = Duration.seconds(10)

  /// Of a port with health endpoints: what the server left in its data folder, else what the settings say.
  let address: HostPort

  /// What `/health/ready` answers, ready or not.
  private struct Readiness: Decodable {
    let status: Status
    let detail: String?
    let problems: [String]?
    let notes: [String]?

    enum Status: Decodable {
      case ready
      case notReady

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // A problem document has a number here.
        self = (try? container.decode(String.self)) == "ready" ? .ready : .notReady
      }
    }
  }

  func findings() async -> [Finding] {
    let loop = EventLoop()
    loop.start()
    defer { loop.stop() }
    let head = HTTPRequestHead(
      method: "GET", target: "/health/ready", version: .http1_1, fields: ["accept": "application/json"])
    do throws(TransportError) {
      let (answer, body) = try await HTTP1Client.send(
        host: address.host, port: Int(address.port), head: head, body: [], deadline: Self.deadline, loop: loop)
      return findings(status: answer.status, body)
    } catch {
      return [
        .error(
          "server", "somebody has the data folder, and no server answers at http://\(address): \(error)",
          "an operator's command may be at work: try again; else look at the server's log")
      ]
    }
  }

  private func findings(status: Int, _ body: [UInt8]) -> [Finding] {
    guard let readiness = try? JSONDecoder().decode(Readiness.self, from: Data(body)) else {
      return [
        .error("server", "http://\(address)/health/ready answers with status \(status)", "is it a Cordwood server?")
      ]
    }
    let notes = (readiness.notes ?? []).map {
      Finding.warning("server", $0, "docs/operations.md says more about each note")
    }
    if readiness.status == .ready { return [.ok("server", "it is ready, by http://\(address)")] + notes }
    let problems = readiness.problems ?? [readiness.detail ?? "it is not ready"]
    return problems.map { .error("server", $0, "docs/operations.md says what to do about each") } + notes
  }
}
