import Application
import Domain
import Threads

/// `POST /v1/histogram`: how many events there are at which time, by level.
struct HistogramEndpoint: SearchEndpoint {
  let query: any EventQuery
  let telemetry: any Telemetry
  let pool: ThreadPool

  func question(_ json: [UInt8], header: TenantID?) throws(Problem) -> HistogramRequest {
    try HistogramRequest(json: json, header: header)
  }

  func answer(to question: HistogramRequest) async throws(EventQueryError) -> Answer {
    let answer = try await query.histogram(question)
    var json = JSONWriter(reservingBytes: 1_024 + (answer.histogram?.buckets.count ?? 0) * 80)
    json.histogram(answer)
    return .json(json.drain())
  }
}
