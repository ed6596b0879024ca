/// Writes the head of an HTTP/1.1 answer.
enum HTTP1ResponseHead {
  /// - Parameter fields: Checked by `FieldRules`: no line breaks.
  static func encode(
    status: Int, fields: HTTPFields, framing: HTTP1BodyFraming, announcedLength: Int?, keepsAlive: Bool, date: String
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    func line(_ name: String, _ value: String) {
      bytes.append(contentsOf: name.utf8)
      bytes.append(contentsOf: ": ".utf8)
      bytes.append(contentsOf: value.utf8)
      bytes.append(contentsOf: "\r\n".utf8)
    }
    bytes.append(contentsOf: "HTTP/1.1 \(status) \(reason(status))\r\n".utf8)
    line("date", date)
    for field in fields.fields { line(field.name, field.value) }
    switch framing {
    case .length(let length): line("content-length", String(length))
    case .chunked: line("transfer-encoding", "chunked")
    // To HEAD the length of the body that GET would get (RFC 9110 section 8.6).
    case .none: if let announcedLength, status >= 200, status != 204 { line("content-length", String(announcedLength)) }
    case .untilClose: break
    }
    if !keepsAlive { line("connection", "close") }
    bytes.append(contentsOf: "\r\n".utf8)
    return bytes
  }

  /// The usual words (RFC 9110 section 15); clients go by the number.
  static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 201: "Created"
    case 202: "Accepted"
    case 204: "No Content"
    case 206: "Partial Content"
    case 301: "Moved Permanently"
    case 302: "Found"
    case 304: "Not Modified"
    case 307: "Temporary Redirect"
    case 308: "Permanent Redirect"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 406: "Not Acceptable"
    case 408: "Request Timeout"
    case 409: "Conflict"
    case 411: "Length Required"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 415: "Unsupported Media Type"
    case 417: "Expectation Failed"
    case 422: "Unprocessable Content"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    case 505: "HTTP Version Not Supported"
    default: "Status"
    }
  }
}
