import Domain
import Transport

/// Lets through who knows the operator's token (RFC 6750), and nobody else.
struct AuthorizedEndpoint: Endpoint {
  let token: [UInt8]
  let endpoint: any Endpoint

  func answer(_ request: Request) async throws(RequestFailure) -> Answer {
    let given = request.fields.all("authorization")
    guard given.count == 1, let text = given.first, Self.isBearer(text, token) else {
      var problem = Problem(
        .unauthorized, "send 'Authorization: Bearer …' with the token of server.json in the server's data folder")
      problem.fields.append("www-authenticate", "Bearer realm=\"cordwood\"")
      throw .problem(problem)
    }
    return try await endpoint.answer(request)
  }

  private static func isBearer(_ text: String, _ token: [UInt8]) -> Bool {
    let parts = text.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return false }
    return Array(parts[1].utf8).isSameSecret(as: token)
  }
}
