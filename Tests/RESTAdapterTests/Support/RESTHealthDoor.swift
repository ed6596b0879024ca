import Domain
import HealthContract

@testable import RESTAdapter

/// The health contract's door through REST.
struct RESTHealthDoor<Wire: RESTWire>: HealthDoor {
  let wire: Wire

  var hasWords: Bool { true }

  func readiness() async throws(HealthDoorFailure) -> HealthReport {
    let (status, root) = try await get("/health/ready")
    switch (status, root["status"]?.string, root["code"]?.string) {
    case (200, "ready", nil): return .ready
    case (503, nil, "not_ready"): return .missing((root["problems"]?.elements ?? []).compactMap(\.string))
    default: throw .noAnswer(reason: "status \(status): \(root)")
    }
  }

  func isAlive() async throws(HealthDoorFailure) -> Bool? {
    let (status, root) = try await get("/health/live")
    return status == 200 && root["status"]?.string == "alive"
  }

  private func get(_ target: String) async throws(HealthDoorFailure) -> (status: Int, root: JSONNode) {
    guard let answer = await wire.send("GET", target, body: []) else { throw .cancelled }
    do throws(JSONSyntaxError) { return (answer.status, try JSONReader.read(answer.body)) } catch {
      throw .noAnswer(reason: "status \(answer.status), and the body is no JSON: \(error)")
    }
  }
}
