import Application
import Domain
import Threads

/// Signs requests and sends them. Repeats one only where that is part of signing it: once with the server's time, once with
/// other credentials. Everything else is the caller's to repeat (`RetryingObjectStore`).
final class S3Client: Sendable {
  /// Signing a payload takes 0.6 ms a MiB: larger ones are digested on `pool`.
  private static let largePayload = 256 << 10

  let configuration: S3Configuration
  private let http: HTTPClient
  private let credentials: RenewedCredentials
  private let clock: any WallClock
  private let telemetry: any Telemetry
  private let pool: ThreadPool
  private let offset = ClockOffset()

  init(
    _ configuration: S3Configuration, _ http: HTTPClient, _ credentials: RenewedCredentials, clock: any WallClock,
    telemetry: any Telemetry, pool: ThreadPool
  ) {
    self.configuration = configuration
    self.http = http
    self.credentials = credentials
    self.clock = clock
    self.telemetry = telemetry
    self.pool = pool
  }

  /// A successful answer.
  func send(_ request: S3Request) async throws(S3CallError) -> HTTPResponse {
    let payload = await digest(request.body)
    var mayCorrectClock = true
    var mayRenew = true
    while true {
      let credentials: S3Credentials
      do throws(CredentialsError) { credentials = try await self.credentials.credentials() } catch {
        throw .credentials(error)
      }
      let response: HTTPResponse
      do throws(HTTPTransferError) {
        let time = clock.now().advanced(by: offset.current)
        response = try await http.perform(
          RequestSigner(location: configuration.location, credentials: credentials).signed(
            request, payload: payload, time: time, timeout: timeout(of: request)))
      } catch {
        throw .transfer(error)
      }
      if response.isSuccess { return response }
      let failure = S3Failure(response)
      if mayCorrectClock, failure.code == "RequestTimeTooSkewed", let date = failure.date {
        mayCorrectClock = false
        correctClock(date)
      } else if mayRenew, ["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"].contains(failure.code) {
        mayRenew = false
        await self.credentials.discard(credentials)
      } else {
        throw .refused(failure)
      }
    }
  }

  func close() async { await http.close() }

  private func correctClock(_ serverTime: Timestamp) {
    let ahead = serverTime.duration(since: clock.now())
    offset.set(ahead)
    let seconds = ahead.wholeMilliseconds / 1_000
    telemetry.record(
      .trouble(
        area: "s3",
        reason: "the clock of \(configuration.location.endpoint) is \(seconds) s ahead of this machine's: requests are "
          + "signed by its time; set this machine's clock"))
  }

  private func timeout(of request: S3Request) -> Duration {
    request.timeout ?? configuration.timeout(bytes: (request.body?.count ?? 0) + request.responseLimit)
  }

  /// What stands for the payload in the signature.
  private func digest(_ body: ArraySlice<UInt8>?) async -> String {
    if configuration.location.endpoint.isSecure { return SignatureV4.unsignedPayload }
    let payload = body ?? []
    return await computed(over: payload) { Hexadecimal.text(S3Digests.sha256(payload.span)) }
  }

  /// Something of a payload, on the pool if that takes long.
  func computed<Value: Sendable>(over payload: ArraySlice<UInt8>, _ body: @Sendable () -> Value) async -> Value {
    payload.count > Self.largePayload ? await pool.run(body) : body()
  }
}
