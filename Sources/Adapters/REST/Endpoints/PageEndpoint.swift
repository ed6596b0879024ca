import Domain
import Transport

/// `GET /`: the page for a browser, and a hint for somebody who opened the address from a terminal.
struct PageEndpoint: Endpoint {
  private static let hint = """
    Cordwood: log aggregation. This is the query API; a browser sees a page to search with here.

      POST /v1/query      find events, newest first
      POST /v1/histogram  count them by time and level
      GET  /v1/services   the services of a tenant (?tenant_id=...)
      GET  /health/live, /health/ready

    The errors of the last hour, from a terminal:

      curl -s localhost:8080/v1/query \\
        -d "{\\"level\\": \\"ERROR\\", \\"from_ts\\": $(date -d '1 hour ago' +%s000)}"
      cordwood query --level ERROR --from 1h

    """

  private static let packed: [UInt8] = {
    guard let bytes = Base64.bytes(urlText: PageDocument.packed) else {
      preconditionFailure("the page that was compiled in is not base64url: Scripts/page.sh writes it")
    }
    return bytes
  }()

  /// The parameters are the page's own: a view is shared by its address.
  func answer(_ request: Request) async throws(RequestFailure) -> Answer {
    let preferences = AcceptedForms(request.fields)
    var answer: Answer
    if preferences.takesPages {
      let body = preferences.takesGzip ? Self.packed : Array(PageDocument.text.utf8)
      answer = Answer(contentType: "text/html; charset=utf-8", body: .bytes(body))
      if preferences.takesGzip { answer.fields.append("content-encoding", "gzip") }
      answer.fields.append("content-security-policy", PageDocument.contentSecurityPolicy)
      answer.fields.append("cross-origin-opener-policy", "same-origin")
    } else {
      answer = .text(Self.hint)
    }
    answer.fields.append("referrer-policy", "no-referrer")
    answer.fields.append("vary", "accept, accept-encoding")
    return answer
  }
}
