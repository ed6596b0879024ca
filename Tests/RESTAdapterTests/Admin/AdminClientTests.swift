import Application
import Threads
import Transport
import Testing

@testable import RESTAdapter

@Suite("The client of the operators' addresses", .timeLimit(.minutes(1)))
struct AdminClientTests {
  private static let path: StaticString = "/admin/v1/test"

  /// A client of a server that answers each request so.
  private func withClient<Value>(
    patience: Duration = .seconds(30), quiet: Duration = .seconds(5), onQuiet: @escaping @Sendable () -> Void = {},
    _ handler: @escaping HTTPHandler, _ body: (AdminClient) async throws -> Value
  ) async throws -> Value {
    let loop = EventLoop()
    loop.start()
    defer { loop.stop() }
    let server = HTTPServer(
      configuration: try HTTPServerConfiguration(address: "127.0.0.1", port: 0), loops: [loop], handler: handler)
    let port = try server.start()
    let value = try await body(
      AdminClient(
        host: "127.0.0.1", port: port, token: "t", loop: loop, patience: patience, quiet: quiet, onQuiet: onQuiet))
    await server.drain(deadline: .zero)
    return value
  }

  /// Answers with lines, as an operation that tells its progress.
  private static func lines(
    _ operation: @escaping @Sendable (LineSink) async -> Result<[UInt8], RequestFailure>
  ) -> HTTPHandler {
    { exchange in
      let answer = Answer(contentType: "application/x-ndjson", body: .lines(AnswerLines(operation: operation)))
      do throws(TransportError) { try await AnswerSender(pool: TestService.pool).send(answer, on: exchange) } catch {
        exchange.abort()
      }
    }
  }

  private func follow(_ client: AdminClient) async -> (Result<String, AdminClientError>, [Int]) {
    let seen = Lock<[Int]>([])
    do throws(AdminClientError) {
      let outcome = try await client.follow(Self.path, Array("{}".utf8)) { progress in
        if let number: Int = try? progress.integer("n") { seen.withLock { $0.append(number) } }
      }
      return (.success(try outcome.string("result")), seen.withLock { $0 })
    } catch { return (.failure(error), seen.withLock { $0 }) }
  }

  @Test("is given every line of progress in order, then the outcome")
  func progress() async throws {
    let (outcome, seen) = try await withClient(
      Self.lines { sink in
        for number in 0..<5_000 { await sink.tell(Array("{\"n\":\(number)}".utf8)) }
        return .success(Array(#"{"result":"done"}"#.utf8))
      }, follow)
    #expect(outcome == .success("done"))
    #expect(seen == Array(0..<5_000))
  }

  @Test("says so while it waits for a server that does not begin to answer, and not while lines come")
  func quiet() async throws {
    let waits = Lock(0)
    let (hears, heard) = AsyncStream.makeStream(of: Void.self)
    let answer = Self.lines { sink in
      for number in 0..<3 { await sink.tell(Array("{\"n\":\(number)}".utf8)) }
      return .success(Array(#"{"result":"done"}"#.utf8))
    }
    let (outcome, _) = try await withClient(
      quiet: .milliseconds(20),
      onQuiet: {
        waits.withLock { $0 += 1 }
        heard.finish()
      },
      { exchange in
        // Until somebody was told.
        for await _ in hears {}
        await answer(exchange)
      }, follow)
    #expect(outcome == .success("done"))
    #expect(waits.withLock { $0 } == 1)
    let (quick, _) = try await withClient(quiet: .seconds(60), onQuiet: { waits.withLock { $0 += 1 } }, answer, follow)
    #expect(quick == .success("done"))
    #expect(waits.withLock { $0 } == 1)
  }

  @Test("is told a problem that ends the operation half-way")
  func problem() async throws {
    let (outcome, seen) = try await withClient(
      Self.lines { sink in
        await sink.tell(Array(#"{"n":1}"#.utf8))
        return .failure(.problem(Problem(.damaged, "object 7 is damaged")))
      }, follow)
    #expect(outcome == .failure(.problem(code: "damaged", field: nil, detail: "object 7 is damaged")))
    #expect(seen == [1])
  }

  @Test("takes an answer without an end for none")
  func cutOff() async throws {
    let (outcome, _) = try await withClient(
      { exchange in
        try? exchange.start(HTTPResponseHead(status: 200))
        try? await exchange.write(Array("{\"progress\":{\"n\":1}}\n{\"outco".utf8))
        try? exchange.end(trailers: [:])
      }, follow)
    guard case .failure(.unexpected) = outcome else {
      Issue.record("\(outcome)")
      return
    }
  }

  @Test("gives up on a server that says nothing")
  func silence() async throws {
    let (outcome, _) = try await withClient(
      patience: .milliseconds(300),
      { exchange in
        try? exchange.start(HTTPResponseHead(status: 200))
        // Until the client has gone.
        try? await Task.sleep(for: .seconds(50))
      }, follow)
    guard case .failure(.unreachable) = outcome else {
      Issue.record("\(outcome)")
      return
    }
  }

  @Test("tells an address that the server does not know from a letter that is not there")
  func unknown() async throws {
    for (code, expected) in [
      (ProblemCode.notFound, AdminClientError.unknownOperation(path: "/admin/v1/test")),
      (.methodNotAllowed, .unknownOperation(path: "/admin/v1/test")), (.unauthorized, .unauthorized),
      (.notThere, .problem(code: "not_there", field: nil, detail: "d")),
    ] {
      let outcome = try await withClient(
        { exchange in
          try? await AnswerSender(pool: TestService.pool).send(Problem(code, "d").answer, on: exchange)
        },
        { client -> AdminClientError? in
          do throws(AdminClientError) { _ = try await client.call(Self.path, []) } catch { return error }
          return nil
        })
      #expect(outcome == expected)
    }
  }

  @Test("refuses a partition that cannot be, instead of trapping")
  func negativePartition() throws {
    let id = String(repeating: "0", count: 32)
    let answer = #"{"partition":-1,"replaced":"\#(id)","watermark":"0","begun":"\#(id)"}"#
    #expect(throws: AdminClientError.unexpected(reason: "partition is -1")) {
      try EpochChange(AnswerObject(Array(answer.utf8)))
    }
  }
}
