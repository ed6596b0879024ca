/// A request that waits for its turn, and who waits for its answer.
struct PendingTransfer: Sendable {
  typealias Outcome = Result<HTTPResponse, HTTPTransferError>

  let number: UInt64
  let request: HTTPRequest
  let deadline: ContinuousClock.Instant
  let continuation: CheckedContinuation<Outcome, Never>
}
