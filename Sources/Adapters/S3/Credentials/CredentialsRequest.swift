import FoundationEssentials
import Threads

/// What the ways to fetch credentials share: one small request with a short time, and the reading of small files.
struct CredentialsRequest: Sendable {
  /// More than any answer has.
  private static let responseLimit = 64 << 10
  private static let tokenFileLimit = 64 << 10

  let http: HTTPClient
  /// Reads files.
  let pool: ThreadPool
  let timeout: Duration

  /// The body of a successful answer.
  ///
  /// - Parameter source: Named in errors.
  func body(
    _ source: String, _ method: HTTPRequest.Method, _ url: String, _ headers: [HTTPHeader] = [], form: String? = nil,
    isLocal: Bool = true
  ) async throws(CredentialsError) -> [UInt8] {
    let response: HTTPResponse
    do throws(HTTPTransferError) {
      response = try await http.perform(
        HTTPRequest(
          method: method, url: url, headers: headers,
          body: form.map { Array($0.utf8)[...] } ?? (method == .put ? [] : nil),
          timeout: timeout, responseLimit: Self.responseLimit, bypassesProxies: isLocal))
    } catch {
      switch error {
      case .cancelled: throw .cancelled
      case .untrusted(let reason), .invalid(let reason):
        throw .denied(reason: "\(source) at \(url) cannot be asked: \(reason)")
      case .timedOut(let reason), .broken(let reason):
        throw .unavailable(reason: "\(source) at \(url) does not answer: \(reason)")
      case .queueIsFull, .tooLarge, .closed: throw .unavailable(reason: "\(source) at \(url) does not answer: \(error)")
      }
    }
    guard response.isSuccess else {
      let failure = S3Failure(response)
      let reason = "\(source) at \(url) answered \(failure.summary)"
      switch response.status {
      case 408, 429, 500...: throw .unavailable(reason: reason)
      default: throw .denied(reason: reason)
      }
    }
    return response.body
  }

  /// A token, without line end.
  func token(_ source: String, file: String) async throws(CredentialsError) -> String {
    let content = await pool.run { () -> Data? in FileManager.default.contents(atPath: file) }
    guard let content, content.count <= Self.tokenFileLimit, let text = String(validating: content, as: UTF8.self)
    else {
      throw .unavailable(reason: "\(source) needs the token in the file '\(file)', which cannot be read")
    }
    return text[...].trimmingSpaces
  }
}
