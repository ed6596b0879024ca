import Application
import Domain

/// Credentials that are kept, and renewed before they expire: one renewal at a time, whoever asks meanwhile.
///
/// Near the end the renewal runs beside the calls, which go on with what still holds; a failure is told then, and tried again
/// by a later call. Only without valid credentials does a call wait for it.
actor RenewedCredentials {
  private typealias Outcome = Result<S3Credentials, CredentialsError>

  /// How long before their end credentials are renewed: as long as the longest call may take, and a few failures more.
  static let margin = Duration.seconds(300)
  /// Between the end of a failed renewal and the next one.
  static let pauseAfterFailure = Duration.seconds(5)

  private let source: any CredentialsFetching
  private let clock: any WallClock
  private let telemetry: any Telemetry
  private var current: S3Credentials?
  private var renewal: Task<Void, Never>?
  private var lastFailure: (error: CredentialsError, at: Duration)?
  private var waiting: [UInt64: CheckedContinuation<Outcome, Never>] = [:]
  private var nextWaiter: UInt64 = 0

  init(_ source: any CredentialsFetching, clock: any WallClock, telemetry: any Telemetry) {
    self.source = source
    self.clock = clock
    self.telemetry = telemetry
  }

  deinit { renewal?.cancel() }

  /// What holds now.
  func credentials() async throws(CredentialsError) -> S3Credentials {
    if let current, let left = left(of: current), left > .zero {
      if left < Self.margin { renew() }
      return current
    }
    return try await renewed()
  }

  /// The server does not take these any more, whatever their expiry says: the next call fetches others.
  func discard(_ refused: S3Credentials) {
    if current == refused { current = nil }
  }

  private func left(of credentials: S3Credentials) -> Duration? {
    guard let expiry = credentials.expiry else { return Self.margin }
    return expiry.duration(since: clock.now())
  }

  private func renewed() async throws(CredentialsError) -> S3Credentials {
    if Task.isCancelled { throw .cancelled }
    renew()
    // Just tried, in vain: asking at once again would be a storm.
    guard renewal != nil else { throw lastFailure?.error ?? .unavailable(reason: "credentials are not renewed") }
    nextWaiter += 1
    let waiter = nextWaiter
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Outcome, Never>) in
        if Task.isCancelled {
          continuation.resume(returning: .failure(.cancelled))
        } else {
          waiting[waiter] = continuation
        }
      }
    } onCancel: {
      Task { await self.leave(waiter) }
    }
    return try outcome.get()
  }

  private func leave(_ waiter: UInt64) {
    waiting.removeValue(forKey: waiter)?.resume(returning: .failure(.cancelled))
  }

  /// Begins a renewal, unless one runs or has just failed.
  private func renew() {
    guard renewal == nil else { return }
    if let lastFailure, clock.elapsed() - lastFailure.at < Self.pauseAfterFailure { return }
    let source = source
    renewal = Task { [weak self] in
      let outcome: Outcome
      do throws(CredentialsError) { outcome = .success(try await source.fetch()) } catch { outcome = .failure(error) }
      await self?.end(outcome)
    }
  }

  private func end(_ outcome: Outcome) {
    renewal = nil
    switch outcome {
    case .success(let credentials):
      current = credentials
      lastFailure = nil
    case .failure(let error):
      lastFailure = (error, clock.elapsed())
      telemetry.record(.trouble(area: "s3", reason: "credentials could not be renewed: \(error.reason)"))
    }
    for continuation in waiting.values { continuation.resume(returning: outcome) }
    waiting = [:]
  }
}
