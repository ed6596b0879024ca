import Domain

/// Makes of a request what is sent: its address, its headers, its signature.
struct RequestSigner: Sendable {
  let location: S3Location
  let credentials: S3Credentials

  /// - Parameters:
  ///   - payload: As in `SignatureV4.authorization`.
  ///   - time: By the server's clock, as far as it is known.
  func signed(_ request: S3Request, payload: String, time: Timestamp, timeout: Duration) -> HTTPRequest {
    let time = SigningTime(time)
    let path = location.path(of: request.name)
    let query = CanonicalQuery.text(request.query)
    var headers = [
      HTTPHeader("Host", location.host), HTTPHeader("x-amz-content-sha256", payload),
      HTTPHeader("x-amz-date", time.text),
    ]
    if let token = credentials.sessionToken { headers.append(HTTPHeader("x-amz-security-token", token)) }
    headers += request.headers
    let authorization = SignatureV4(credentials: credentials, region: location.region, time: time).authorization(
      method: request.method.rawValue, path: path, query: query, headers: headers, payload: payload)
    headers.append(HTTPHeader("Authorization", authorization))
    let scheme = location.endpoint.isSecure ? "https" : "http"
    return HTTPRequest(
      method: request.method, url: "\(scheme)://\(location.host)\(path)" + (query.isEmpty ? "" : "?\(query)"),
      headers: headers, body: request.body, timeout: timeout, responseLimit: request.responseLimit)
  }
}
