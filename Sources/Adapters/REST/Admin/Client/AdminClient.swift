package import Transport

/// Calls the `/admin/v1/` addresses of a running server.
package struct AdminClient: Sendable {
  /// How long the server may say nothing. Its operations tell their progress far more often.
  package static let patience = Duration.seconds(60)
  /// When somebody who waits is told what for.
  package static let quiet = Duration.seconds(5)
  /// The longest line of an answer: a letter of 4 MiB with its bytes in hexadecimal, and room.
  static let maximumLineBytes = 32 << 20

  private let host: String
  private let port: Int
  private let token: String
  private let patience: Duration
  private let quiet: Duration
  private let loop: EventLoop
  private let onQuiet: @Sendable () -> Void

  /// - Parameters:
  ///   - loop: Started; carries a connection a call.
  ///   - onQuiet: Called, from a task of its own, when the server has not begun to answer a call for `quiet`.
  package init(
    host: String, port: Int, token: String, loop: EventLoop, patience: Duration = patience, quiet: Duration = quiet,
    onQuiet: @escaping @Sendable () -> Void = {}
  ) {
    self.host = host
    self.port = port
    self.token = token
    self.loop = loop
    self.patience = patience
    self.quiet = quiet
    self.onQuiet = onQuiet
  }

  /// One question, one answer.
  func call(_ path: StaticString, _ body: [UInt8]) async throws(AdminClientError) -> AnswerObject {
    var text: [UInt8] = []
    let head = try await send(path, body) { _, piece in text += piece }
    guard head.status == 200 else { throw failure(head.status, text, path) }
    return try AnswerObject(text)
  }

  /// One question, and an answer of lines that come while the server works (`AnswerLines`).
  ///
  /// - Parameter progress: Is given each of them but the last, in order; the next waits for it.
  /// - Returns: The outcome.
  func follow(
    _ path: StaticString, _ body: [UInt8], progress: (AnswerObject) async throws(AdminClientError) -> Void
  ) async throws(AdminClientError) -> AnswerObject {
    var rest: [UInt8] = []
    var end: Result<AnswerObject, AdminClientError>?
    let head = try await send(path, body) { head, piece in
      rest += piece
      guard head.status == 200 else { return }
      while end == nil, let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(rest[..<newline])
        rest.removeFirst(newline + 1)
        switch Self.read(line) {
        case .success((let object, isEnd: false)):
          do throws(AdminClientError) { try await progress(object) } catch { end = .failure(error) }
        case .success((let object, isEnd: true)): end = .success(object)
        case .failure(let error): end = .failure(error)
        }
      }
      if rest.count > Self.maximumLineBytes { end = .failure(.unexpected(reason: "a line of it has no end")) }
    }
    guard head.status == 200 else { throw failure(head.status, rest, path) }
    guard let end else { throw .unexpected(reason: "it was cut off; the operation may have stopped half-way") }
    return try end.get()
  }

  private static func read(_ line: [UInt8]) -> Result<(AnswerObject, isEnd: Bool), AdminClientError> {
    do throws(AdminClientError) {
      let object = try AnswerObject(line)
      if let progress = try object.optionalObject("progress") { return .success((progress, isEnd: false)) }
      if let problem = try object.optionalObject("problem") { return .failure(try .init(problem)) }
      return .success((try object.object("outcome"), isEnd: true))
    } catch { return .failure(error) }
  }

  private func send(
    _ path: StaticString, _ body: [UInt8], receive: (HTTPResponseHead, [UInt8]) async -> Void
  ) async throws(AdminClientError) -> HTTPResponseHead {
    let head = HTTPRequestHead(
      method: "POST", target: path.description, version: .http1_1,
      fields: ["content-type": "application/json", "authorization": "Bearer \(token)"])
    let waiting = Task { [quiet, onQuiet] in
      do { try await Task.sleep(for: quiet) } catch { return }
      onQuiet()
    }
    defer { waiting.cancel() }
    do throws(TransportError) {
      return try await HTTP1Client.stream(
        host: host, port: port, head: head, body: body, patience: patience, loop: loop
      ) { head, piece in
        waiting.cancel()
        await receive(head, piece)
      }
    } catch {
      switch error {
      case .cancelled: throw .cancelled
      case .cannotConnect(let detail), .timedOut(let detail), .closedByPeer(let detail):
        throw .unreachable(reason: detail)
      case .protocolViolation(let detail): throw .unexpected(reason: detail)
      case .portTaken, .cannotListen, .misuse: throw .unexpected(reason: error.description)
      }
    }
  }

  private func failure(_ status: Int, _ body: [UInt8], _ path: StaticString) -> AdminClientError {
    do throws(AdminClientError) {
      let problem = try AdminClientError(try AnswerObject(body))
      switch problem {
      case .problem(ProblemCode.unauthorized.rawValue, _, _): return .unauthorized
      case .problem(ProblemCode.notFound.rawValue, _, _), .problem(ProblemCode.methodNotAllowed.rawValue, _, _):
        return .unknownOperation(path: path.description)
      default: return problem
      }
    } catch { return .unexpected(reason: "status \(status)") }
  }
}

extension AdminClientError {
  /// Reads a problem document.
  init(_ problem: AnswerObject) throws(AdminClientError) {
    self = .problem(
      code: try problem.string("code"), field: try problem.optionalString("field"),
      detail: try problem.string("detail"))
  }
}
