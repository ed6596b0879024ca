import Application
import Domain
import Threads

/// `POST /v1/histogram`: how many events there are at which time, by level.
struct HistogramEndpoint: Endpoint {
  let query: any EventQuery
  let telemetry: any Telemetry
  /// Runs everything from the request's text to the answer's.
  let pool: ThreadPool

  func answer(_ request: Request) async throws(RequestFailure) -> Answer {
    let body: [UInt8]
    do throws(RequestFailure) { body = try await request.jsonBody(limit: QueryEndpoint.maximumBodyBytes) } catch {
      if case .problem = error { refuse() }
      throw error
    }
    let outcome = await withTaskExecutorPreference(pool) { () async -> Result<[UInt8], RequestFailure> in
      do throws(RequestFailure) { return .success(try await text(request, body)) } catch { return .failure(error) }
    }
    return .json(try outcome.get())
  }

  private func text(_ request: Request, _ body: [UInt8]) async throws(RequestFailure) -> [UInt8] {
    let wanted: HistogramRequest
    do throws(Problem) {
      try request.target.allowOnly([])
      wanted = try HistogramRequest(json: body, header: try request.headerTenant())
    } catch {
      refuse()
      throw .problem(error)
    }
    do throws(EventQueryError) {
      let answer = try await query.histogram(wanted)
      var json = JSONWriter(reservingBytes: 1_024 + (answer.histogram?.buckets.count ?? 0) * 80)
      json.histogram(answer)
      return json.drain()
    } catch {
      throw RequestFailure(error)
    }
  }

  /// Counts what never reaches the use case, which counts its own refusals.
  private func refuse() {
    telemetry.record(.queryRefused(tenant: nil, reason: .malformed))
  }
}
