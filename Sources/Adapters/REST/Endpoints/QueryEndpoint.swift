import Application
import Domain
import Threads

/// `POST /v1/query`: one page of events, newest first.
struct QueryEndpoint: SearchEndpoint {
  let query: any EventQuery
  let telemetry: any Telemetry
  let pool: ThreadPool

  func question(_ json: [UInt8], header: TenantID?) throws(Problem) -> EventRequest {
    try EventRequest(json: json, header: header)
  }

  func answer(to question: EventRequest) async throws(EventQueryError) -> Answer {
    Answer(contentType: "application/json", body: .page(EventPageText(try await query.events(question))))
  }
}
