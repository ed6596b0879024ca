import Application
import Domain
import Threads

/// A question about events, asked by `POST` with its filters as JSON.
protocol SearchEndpoint: Endpoint {
  associatedtype Question: Sendable

  var telemetry: any Telemetry { get }
  /// Runs everything from the request's text to the answer's, since neither scanning nor writing may hold up the loop.
  var pool: ThreadPool { get }

  /// - Parameter header: The tenant that the header names.
  func question(_ json: [UInt8], header: TenantID?) throws(Problem) -> Question

  func answer(to question: Question) async throws(EventQueryError) -> Answer
}

extension SearchEndpoint {
  /// A request is a few hundred bytes; the largest sensible one is a long text to look for.
  private static var maximumBodyBytes: Int { 64 << 10 }

  func answer(_ request: Request) async throws(RequestFailure) -> Answer {
    let body: [UInt8]
    do throws(RequestFailure) { body = try await request.jsonBody(limit: Self.maximumBodyBytes) } catch {
      if case .problem = error { refuse() }
      throw error
    }
    return try await pool.host { () async throws(RequestFailure) in try await answer(request, body) }
  }

  private func answer(_ request: Request, _ body: [UInt8]) async throws(RequestFailure) -> Answer {
    let question: Question
    do throws(Problem) {
      try request.target.allowOnly([])
      question = try self.question(body, header: try request.headerTenant())
    } catch {
      refuse()
      throw .problem(error)
    }
    do throws(EventQueryError) { return try await answer(to: question) } catch { throw RequestFailure(error) }
  }

  /// Counts what never reaches the use case, which counts its own refusals.
  private func refuse() {
    telemetry.record(.queryRefused(tenant: nil, reason: .malformed))
  }
}
