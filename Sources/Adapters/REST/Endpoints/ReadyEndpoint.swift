import Application

/// `GET /health/ready`: whether the process can do its work, and what is missing if not.
struct ReadyEndpoint: Endpoint {
  let health: any Health

  func answer(_ request: Request) async throws(RequestFailure) -> Answer {
    let problems = await health.problems()
    if problems.isEmpty { return .json(ready(notes: await health.notes())) }
    var problem = Problem(.notReady, problems.joined(separator: "; ")).retrying(afterSeconds: Problem.retryAfterSeconds)
    problem.problems = problems
    problem.notes = await health.notes()
    throw .problem(problem)
  }

  /// `notes`: what a person should look at although all is well; left out where there is nothing.
  private func ready(notes: [String]) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("status")
    json.string("ready")
    if !notes.isEmpty {
      json.key("notes")
      json.strings(notes)
    }
    json.endObject()
    return json.drain()
  }
}
