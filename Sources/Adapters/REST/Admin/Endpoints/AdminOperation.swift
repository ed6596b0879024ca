import Threads

/// What the endpoints for operators have in common: a small body, and work on the pool.
enum AdminOperation {
  /// A selection with 1,000 numbers of letters.
  static let maximumBodyBytes = 32 << 10
  static let linesContentType = "application/x-ndjson"

  /// Reads a request's body as what the operation needs.
  static func wanted<Wanted>(
    _ request: Request, _ make: ([UInt8]) throws(Problem) -> Wanted
  ) async throws(RequestFailure) -> Wanted {
    let body = try await request.jsonBody(limit: maximumBodyBytes)
    do throws(Problem) { return try make(body) } catch { throw .problem(error) }
  }

  /// Runs one call of a driving port on the pool.
  static func run<Value: Sendable, Failure: Error>(
    on pool: ThreadPool, _ call: @concurrent @Sendable () async throws(Failure) -> Value,
    translate: (Failure) -> RequestFailure
  ) async throws(RequestFailure) -> Value {
    do throws(Failure) { return try await pool.host(call) } catch { throw translate(error) }
  }

  /// An answer of lines: runs a call on the pool that tells its progress to a sink, and ends with what `outcome` makes of its
  /// result.
  static func lines<Value: Sendable, Failure: Error>(
    on pool: ThreadPool, _ call: @escaping @Sendable (LineSink) async throws(Failure) -> Value,
    outcome: @escaping @Sendable (Value) -> [UInt8], translate: @escaping @Sendable (Failure) -> RequestFailure
  ) -> Answer {
    let lines = AnswerLines { sink in
      do throws(Failure) {
        return .success(try await pool.host { () async throws(Failure) in outcome(try await call(sink)) })
      } catch {
        return .failure(translate(error))
      }
    }
    return Answer(contentType: linesContentType, body: .lines(lines))
  }
}
