/// What stands behind one route.
protocol Endpoint: Sendable {
  func answer(_ request: Request) async throws(RequestFailure) -> Answer
}
