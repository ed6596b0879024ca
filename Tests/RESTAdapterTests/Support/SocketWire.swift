import Testing
import Threads
import Transport

@testable import RESTAdapter

/// A REST server on a free port of this machine, and a client that opens a connection for each request.
final class SocketWire: RESTWire {
  static let loop: EventLoop = {
    let loop = EventLoop()
    loop.start()
    return loop
  }()

  let port: Int
  private let server: HTTPServer

  init(_ handler: @escaping HTTPHandler) throws {
    let configuration = try HTTPServerConfiguration(address: "127.0.0.1", port: 0)
    server = HTTPServer(configuration: configuration, loops: [Self.loop], handler: handler)
    port = try server.start()
  }

  func send(_ method: String, _ target: String, body: [UInt8]) async -> (status: Int, body: [UInt8])? {
    let head = HTTPRequestHead(
      method: method, target: target, version: .http1_1, fields: ["content-type": "application/json"])
    do throws(TransportError) {
      let (answer, bytes) = try await HTTP1Client.send(
        host: "127.0.0.1", port: port, head: head, body: body, deadline: .seconds(30), loop: Self.loop)
      return (answer.status, bytes)
    } catch {
      if error != .cancelled { Issue.record(error) }
      return nil
    }
  }

  func stop() async { await server.drain(deadline: .seconds(5)) }
}
