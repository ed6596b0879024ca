import Application
import Domain
import EventQueryContract
import Threads
import Transport

@testable import RESTAdapter

/// The REST interface over a query of the test's choice, with what it told telemetry.
struct TestService {
  static let pool = ThreadPool(name: "rest-tests", threads: 2)

  let telemetry = TelemetryLog()
  let api: RESTAPI

  init(_ query: any EventQuery = ReferenceEventQuery(), problems: [String] = []) {
    self.init(query, health: FixedHealth(problems: problems))
  }

  init(_ query: any EventQuery = ReferenceEventQuery(), health: any Health) {
    api = RESTAPI(query: query, health: health, pool: Self.pool, telemetry: telemetry, clock: StoppedClock())
  }

  func answer(_ exchange: FakeExchange) async -> FakeExchange.Outcome {
    await api.handle(exchange)
    return exchange.outcome
  }
}

/// A query that always answers the same, and keeps what it was asked.
final class ScriptedQuery: EventQuery {
  private let outcome: Result<EventPage, EventQueryError>
  private let asked = Lock<[EventRequest]>([])

  init(_ outcome: Result<EventPage, EventQueryError>) { self.outcome = outcome }

  init(_ events: [Event] = [], nextCursor: String? = nil, report: QueryReport = QueryReport()) {
    outcome = .success(EventPage(events: events, nextCursor: nextCursor, report: report))
  }

  var requests: [EventRequest] { asked.withLock { $0 } }

  func events(_ request: EventRequest) async throws(EventQueryError) -> EventPage {
    asked.withLock { $0.append(request) }
    return try outcome.get()
  }

  func histogram(_ request: HistogramRequest) async throws(EventQueryError) -> EventHistogram {
    EventHistogram(histogram: nil, countedFrom: nil, report: try outcome.get().report)
  }

  func services(of tenant: TenantID) async throws(EventQueryError) -> ServiceList {
    if case .failure(let error) = outcome { throw error }
    return ServiceList(services: [])
  }
}

struct FixedHealth: Health {
  let problems: [String]

  func problems() async -> [String] { problems }
}

/// A clock on which no time passes.
struct StoppedClock: WallClock {
  func now() -> Timestamp { .epoch }
  func elapsed() -> Duration { .zero }
  func sleep(for duration: Duration) async throws(CancellationError) {}
}

/// Keeps what it is told, in words.
final class TelemetryLog: Telemetry {
  private let log = Lock<[String]>([])

  var lines: [String] { log.withLock { $0 } }

  func record(_ event: TelemetryEvent) {
    switch event {
    case .requestAnswered(let door, let route, let status, _):
      log.withLock { $0.append("\(door) \(route) \(status)") }
    case .queryRefused(_, let reason): log.withLock { $0.append("refused \(reason.rawValue)") }
    default: log.withLock { $0.append("\(event)") }
    }
  }
}
