/// `GET /health/live`: whether the process runs at all. Nothing is asked: one that waits for its backends must not be
/// restarted for it.
struct LiveEndpoint: Endpoint {
  func answer(_ request: Request) async throws(RequestFailure) -> Answer {
    .json(Array(#"{"status":"alive"}"#.utf8))
  }
}
