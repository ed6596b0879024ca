import Application
import Domain
import Threads

/// `POST /v1/query`: one page of events, newest first.
struct QueryEndpoint: Endpoint {
  /// A request is a few hundred bytes; the largest sensible one is a long text to look for.
  static let maximumBodyBytes = 64 << 10

  let query: any EventQuery
  let telemetry: any Telemetry
  /// Runs everything from the request's text to the answer's, since neither scanning nor writing may hold up the loop.
  let pool: ThreadPool

  func answer(_ request: Request) async throws(RequestFailure) -> Answer {
    let body: [UInt8]
    do throws(RequestFailure) { body = try await request.jsonBody(limit: Self.maximumBodyBytes) } catch {
      if case .problem = error { refuse() }
      throw error
    }
    let outcome = await withTaskExecutorPreference(pool) { () async -> Result<EventPageText, RequestFailure> in
      do throws(RequestFailure) { return .success(try await page(request, body)) } catch { return .failure(error) }
    }
    return Answer(contentType: "application/json", body: .page(try outcome.get()))
  }

  private func page(_ request: Request, _ body: [UInt8]) async throws(RequestFailure) -> EventPageText {
    let wanted: EventRequest
    do throws(Problem) {
      try request.target.allowOnly([])
      wanted = try EventRequest(json: body, header: try request.headerTenant())
    } catch {
      refuse()
      throw .problem(error)
    }
    do throws(EventQueryError) {
      return EventPageText(try await query.events(wanted))
    } catch {
      throw RequestFailure(error)
    }
  }

  /// Counts what never reaches the use case, which counts its own refusals.
  private func refuse() {
    telemetry.record(.queryRefused(tenant: nil, reason: .malformed))
  }
}
