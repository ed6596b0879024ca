import Application

/// `GET /health/ready`: whether the process can do its work, and what is missing if not.
struct ReadyEndpoint: Endpoint {
  let health: any Health

  func answer(_ request: Request) async throws(RequestFailure) -> Answer {
    let problems = await health.problems()
    if problems.isEmpty { return .json(Array(#"{"status":"ready"}"#.utf8)) }
    var problem = Problem(.notReady, problems.joined(separator: "; ")).retrying(afterSeconds: Problem.retryAfterSeconds)
    problem.problems = problems
    throw .problem(problem)
  }
}
