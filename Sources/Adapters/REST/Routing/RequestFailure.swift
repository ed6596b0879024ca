import Application
import Transport

/// Why an endpoint has no answer.
enum RequestFailure: Error {
  /// To be told to the client.
  case problem(Problem)
  /// The client is gone or broke the protocol.
  case connection(TransportError)
  /// The work was cancelled, which means that the client is gone or this process stops.
  case cancelled

  init(_ error: EventQueryError) {
    self = Problem(error).map { .problem($0) } ?? .cancelled
  }
}
