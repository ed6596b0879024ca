import Threads
import Transport

@testable import GRPCAdapter

/// An exchange without a connection: the body is given beforehand, the answer is kept.
final class FakeExchange: HTTPExchange {
  private struct State {
    var body: [[UInt8]]
    var head: HTTPResponseHead?
    var written: [UInt8] = []
    var trailers: HTTPFields?
    var isAborted = false
  }

  let request: HTTPRequestHead
  let peer = "127.0.0.1:1"
  let requestTrailers = HTTPFields()
  private let state: Lock<State>

  /// - Parameter body: Pieces as they arrive.
  init(_ request: HTTPRequestHead, body: [[UInt8]]) {
    self.request = request
    state = Lock(State(body: body))
  }

  /// A gRPC call with one message.
  convenience init(_ path: String, message: [UInt8] = [], fields: HTTPFields = [:]) {
    self.init(path, body: [MessageDeframer.prefix(length: message.count) + message], fields: fields)
  }

  convenience init(_ path: String, body: [[UInt8]], fields: HTTPFields = [:]) {
    var all: HTTPFields = ["content-type": "application/grpc", "te": "trailers"]
    for field in fields.fields { all.append(field.name, field.value) }
    self.init(HTTPRequestHead(method: "POST", target: path, fields: all), body: body)
  }

  var head: HTTPResponseHead? { state.withLock { $0.head } }
  var isTrailersOnly: Bool { state.withLock { $0.written.isEmpty && $0.trailers?.fields.isEmpty == true } }

  /// The status, from wherever the answer has it.
  var status: GRPCStatus? {
    state.withLock { state in state.trailers.flatMap { GRPCStatus($0) } ?? state.head.flatMap { GRPCStatus($0.fields) }
    }
  }

  var messages: [[UInt8]] {
    get throws {
      var deframer = MessageDeframer(limit: .max)
      deframer.append(state.withLock { $0.written })
      var messages: [[UInt8]] = []
      while let message = try deframer.next() { messages.append(message) }
      return messages
    }
  }

  func read() async throws(TransportError) -> [UInt8]? {
    state.withLock { $0.body.isEmpty ? nil : $0.body.removeFirst() }
  }

  func start(_ response: HTTPResponseHead) throws(TransportError) { state.withLock { $0.head = response } }

  func write(_ bytes: [UInt8]) async throws(TransportError) { state.withLock { $0.written += bytes } }

  func end(trailers: HTTPFields) throws(TransportError) { state.withLock { $0.trailers = trailers } }

  func abort() { state.withLock { $0.isAborted = true } }
}
