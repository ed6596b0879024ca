import Domain
import HealthContract
import Transport

@testable import GRPCAdapter

/// The health contract's door through `grpc.health.v1.Health/Check`.
struct GRPCHealthDoor: HealthDoor {
  /// Sends one message and returns the only message of the answer.
  typealias Call = @Sendable (_ path: String, _ message: [UInt8]) async throws(GRPCStatus) -> [UInt8]

  /// Asked about; empty for the whole process.
  let service: String
  let call: Call

  var hasWords: Bool { false }

  func isAlive() -> Bool? { nil }

  func readiness() async throws(HealthDoorFailure) -> HealthReport {
    let answer: [UInt8]
    do throws(GRPCStatus) {
      answer = try await call("/grpc.health.v1.Health/Check", Wire().text(1, service).bytes)
    } catch { throw error.code == .cancelled ? .cancelled : .noAnswer(reason: "\(error)") }
    switch answer {
    case [8, 1]: return .ready
    case [8, 2]: return .missing([])
    default: throw .noAnswer(reason: "\(answer)")
    }
  }

  /// The server called as the transport would.
  static func direct(_ server: GRPCServer, service: String) -> GRPCHealthDoor {
    GRPCHealthDoor(service: service) { (path, message) throws(GRPCStatus) in
      let exchange = FakeExchange(path, message: message)
      await server.handle(exchange)
      guard exchange.status == .ok else { throw exchange.status ?? GRPCStatus(.unknown, "no status") }
      return (try? exchange.messages.first) ?? []
    }
  }

  /// Calls on a connection.
  static func socket(_ client: HTTP2Client, _ server: ServerAddress, service: String) -> GRPCHealthDoor {
    GRPCHealthDoor(service: service) { (path, message) throws(GRPCStatus) in
      try await ClientRequest.unary(message, ClientRequest.head(path, to: server, tenant: .default), on: client)
    }
  }
}
