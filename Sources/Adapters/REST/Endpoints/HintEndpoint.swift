/// `GET /`: for somebody who opened the address to see what is there.
struct HintEndpoint: Endpoint {
  private static let hint = """
    Cordwood: log aggregation. This is the query API.

      POST /v1/query      find events, newest first
      GET  /v1/services   the services of a tenant (?tenant_id=...)
      GET  /health/live, /health/ready

    The errors of the last hour, from a terminal:

      curl -s localhost:8080/v1/query \\
        -d "{\\"level\\": \\"ERROR\\", \\"from_ts\\": $(date -d '1 hour ago' +%s000)}"
      cordwood query --level ERROR --from 1h

    """

  func answer(_ request: Request) async throws(RequestFailure) -> Answer {
    .text(Self.hint)
  }
}
