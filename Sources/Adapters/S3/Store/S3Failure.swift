import Domain

/// An answer that is no success: what S3's error document and the headers say.
struct S3Failure: Error, Sendable {
  private static let maximumText = 300

  let status: Int
  /// S3's own name of the error; empty where the answer has no document.
  let code: String
  let message: String
  let requestID: String?
  /// Of the bucket, where the server tells.
  let region: String?
  let retryAfter: Duration?
  /// The server's clock.
  let date: Timestamp?
  /// The whole object's, of a range that is not in it.
  let objectSize: Int?

  init(_ response: HTTPResponse) {
    let document = try? XMLReader.root(of: response.body)
    // The security token service puts the error one element deeper, beside the id.
    let error = document.flatMap { $0["Error"] ?? $0 }
    status = response.status
    code = Self.shown(error?.text("Code") ?? "")
    message = Self.shown(error?.text("Message") ?? "")
    let id = response.headers["x-amz-request-id"] ?? error?.text("RequestId") ?? document?.text("RequestId")
    requestID = id.map(Self.shown)
    region = (response.headers["x-amz-bucket-region"] ?? error?.text("Region")).map(Self.shown)
    date = response.headers["date"].flatMap { HTTPDate.timestamp($0) }
    objectSize =
      response.headers["content-range"].flatMap { ContentRange($0)?.size }
      ?? error?.text("ActualObjectSize").flatMap { Int($0) }
    retryAfter = response.headers["retry-after"].flatMap { [date] in Self.pause($0, now: date) }
  }

  /// One of several outcomes in the body of an answer that is a success as such.
  init(code: String, message: String, of response: HTTPResponse) {
    status = code == "InternalError" ? 500 : 400
    self.code = Self.shown(code)
    self.message = Self.shown(message)
    requestID = response.headers["x-amz-request-id"].map(Self.shown)
    (region, retryAfter, date, objectSize) = (nil, nil, nil, nil)
  }

  /// `503 SlowDown: please reduce your request rate (request id 4442587FB7D0A2F9)`.
  var summary: String {
    var text = "\(status)"
    if !code.isEmpty { text += " \(code)" }
    if !message.isEmpty { text += ": \(message)" }
    if let requestID { text += " (request id \(requestID))" }
    return text
  }

  /// Seconds, or a time (RFC 9110, section 10.2.3): that is measured by the server's own clock.
  private static func pause(_ text: String, now: Timestamp?) -> Duration? {
    if let seconds = Int(text) { return (0...86_400).contains(seconds) ? .seconds(seconds) : nil }
    guard let now, let time = HTTPDate.timestamp(text) else { return nil }
    return max(.zero, time.duration(since: now))
  }

  /// A server's text, fit for a log line.
  private static func shown(_ text: String) -> String {
    String(
      text.unicodeScalars.prefix(maximumText).map {
        $0.value < 0x20 || $0.value == 0x7f ? " " as Character : Character($0)
      })
  }
}
