import Threads

/// Sends requests over HTTP/1.1, with TLS or without, by libcurl on a thread of its own. Repeats nothing.
final class HTTPClient: Sendable {
  private let inbox: TransferInbox
  private let multi: CurlMulti
  /// Ends when the inbox is closed: with this object at the latest, which it does not hold.
  private let loop: Task<Void, Never>

  /// - Throws: `.broken` if libcurl cannot be used.
  init(_ configuration: HTTPClientConfiguration) throws(HTTPTransferError) {
    guard let multi = CurlMulti(connections: configuration.maximumTransfers) else {
      throw .broken(reason: "libcurl cannot be used: no memory, or no TLS")
    }
    self.multi = multi
    inbox = TransferInbox(limit: configuration.maximumTransfers + configuration.maximumWaiting)
    let running = TransferLoop(configuration, inbox, multi)
    // It blocks its thread for as long as it runs: the thread is nobody else's.
    let thread = ThreadPool(name: "s3-http", threads: 1)
    loop = Task(executorPreference: thread) { running.run() }
  }

  deinit {
    inbox.close()
    multi.wake()
  }

  /// The answer, whatever its status. A cancelled task's request is given up at once, also on the wire.
  func perform(_ request: HTTPRequest) async throws(HTTPTransferError) -> HTTPResponse {
    if Task.isCancelled { throw .cancelled }
    let number = inbox.nextNumber()
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let transfer = PendingTransfer(
          number: number, request: request, deadline: .now + request.timeout, continuation: continuation)
        if let refusal = inbox.submit(transfer) {
          continuation.resume(returning: .failure(refusal))
          return
        }
        // Cancelled before it was submitted: what the handler said then was too early.
        if Task.isCancelled { inbox.cancel(number) }
        multi.wake()
      }
    } onCancel: {
      inbox.cancel(number)
      multi.wake()
    }
    return try outcome.get()
  }

  /// Requests that have not ended end with `.closed`, further ones too.
  func close() async {
    inbox.close()
    multi.wake()
    await loop.value
  }
}
