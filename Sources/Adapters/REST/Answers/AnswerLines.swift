import Threads
import Transport

/// The answer of an operation that may take minutes: a JSON object a line, sent as the operation tells it.
///
/// Any number of `{"progress": {…}}`, then one `{"outcome": {…}}` or `{"problem": {…}}` (a problem document). An answer
/// without its last line was cut off: its status is sent before the operation begins and says nothing of its end.
struct AnswerLines: Sendable {
  /// Does the work; returns the member that ends the answer. Ends early when its task is cancelled: the client has left.
  let operation: @Sendable (LineSink) async -> Result<[UInt8], RequestFailure>

  func write(on exchange: any HTTPExchange) async throws(TransportError) {
    let sink = LineSink(exchange)
    switch await operation(sink) {
    case .success(let outcome): await sink.send("outcome", outcome)
    case .failure(.problem(let problem)): await sink.send("problem", problem.document)
    case .failure(.connection(let error)): throw error
    case .failure(.cancelled): throw .cancelled
    }
    try sink.check()
  }
}

/// Takes the lines of an operation while it works, one at a time; waits while the client is slow.
final class LineSink: Sendable {
  private let exchange: any HTTPExchange
  private let failure = Lock<TransportError?>(nil)

  init(_ exchange: any HTTPExchange) { self.exchange = exchange }

  /// - Parameter progress: A JSON value.
  func tell(_ progress: [UInt8]) async { await send("progress", progress) }

  /// After a client left nothing is sent any more; its handler's task is cancelled by then, which ends the operation.
  func send(_ member: String, _ value: [UInt8]) async {
    if failure.withLock({ $0 != nil }) { return }
    do throws(TransportError) {
      try await exchange.write(Array("{\"\(member)\":".utf8) + value + Array("}\n".utf8))
    } catch {
      failure.withLock { $0 = error }
    }
  }

  func check() throws(TransportError) {
    if let failure = failure.withLock({ $0 }) { throw failure }
  }
}
