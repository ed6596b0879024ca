import Threads
import Transport

/// A request in memory, whose answer is kept. Reading and writing never wait unless a gate says so.
final class FakeExchange: HTTPExchange {
  struct Outcome {
    var head: HTTPResponseHead?
    var pieces: [[UInt8]] = []
    var isEnded = false
    var isAborted = false

    var body: [UInt8] { pieces.flatMap { $0 } }
    var text: String { String(decoding: body, as: UTF8.self) }
  }

  private struct State {
    var body: [[UInt8]]
    var outcome = Outcome()
  }

  let request: HTTPRequestHead
  let peer = "127.0.0.1:1"
  let requestTrailers: HTTPFields = [:]
  private let state: Lock<State>
  private let beforeWrite: @Sendable (Outcome) async throws(TransportError) -> Void

  /// - Parameters:
  ///   - body: The pieces in which it arrives.
  ///   - beforeWrite: Awaited by each `write`, with what was written until then: to wait, or to be a client that left.
  init(
    _ method: String, _ target: String, _ fields: HTTPFields = [:], body: [[UInt8]] = [],
    beforeWrite: @escaping @Sendable (Outcome) async throws(TransportError) -> Void = { (_) throws(TransportError) in }
  ) {
    request = HTTPRequestHead(method: method, target: target, authority: "localhost", version: .http1_1, fields: fields)
    state = Lock(State(body: body))
    self.beforeWrite = beforeWrite
  }

  convenience init(query body: String, _ fields: HTTPFields = ["content-type": "application/json"]) {
    self.init("POST", "/v1/query", fields, body: [Array(body.utf8)])
  }

  var outcome: Outcome { state.withLock { $0.outcome } }

  func read() async throws(TransportError) -> [UInt8]? {
    if Task.isCancelled { throw .cancelled }
    return state.withLock { $0.body.isEmpty ? nil : $0.body.removeFirst() }
  }

  func start(_ response: HTTPResponseHead) throws(TransportError) {
    try change { (outcome) throws(TransportError) in
      if outcome.head != nil { throw .misuse(detail: "a second head") }
      outcome.head = response
    }
  }

  func write(_ bytes: [UInt8]) async throws(TransportError) {
    try await beforeWrite(outcome)
    try change { (outcome) throws(TransportError) in
      if outcome.head == nil || outcome.isEnded { throw .misuse(detail: "body bytes before the head or after the end") }
      outcome.pieces.append(bytes)
    }
  }

  func end(trailers: HTTPFields) throws(TransportError) {
    try change { (outcome) throws(TransportError) in
      if outcome.head == nil || outcome.isEnded { throw .misuse(detail: "an end without a head, or a second one") }
      outcome.isEnded = true
    }
  }

  func abort() {
    state.withLock { $0.outcome.isAborted = true }
  }

  private func change(_ body: (inout Outcome) throws(TransportError) -> Void) throws(TransportError) {
    try state.withLock { (state) throws(TransportError) in
      if state.outcome.isAborted { throw .cancelled }
      try body(&state.outcome)
    }
  }
}
