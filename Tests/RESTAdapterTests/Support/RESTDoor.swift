import Application
import Domain
import EventQueryContract
import Transport

@testable import RESTAdapter

/// What a client of the REST interface needs of a wire: a request's bytes out, an answer's bytes back.
protocol RESTWire: Sendable {
  /// - Returns: nil if the exchange ended without an answer.
  func send(_ method: String, _ target: String, body: [UInt8]) async -> (status: Int, body: [UInt8])?
}

/// The contract's door through REST.
struct RESTDoor<Wire: RESTWire>: EventQueryDoor {
  let wire: Wire

  func events(_ request: EventRequest) async throws(EventQueryRefusal) -> EventQueryAnswer {
    let root = try await ask(
      "POST", "/v1/query",
      body: Self.text(request) { json in
        json.key("limit")
        json.integer(request.limit)
        json.key("cursor")
        if let cursor = request.cursor { json.string(cursor) } else { json.null() }
      })
    guard let items = root["items"]?.elements, let isComplete = root["complete"]?.bool,
      let reasons = root["incomplete_because"]?.elements
    else { throw .broken(detail: "members are missing") }
    var seen: [SeenEvent] = []
    for item in items {
      guard let event = SeenEvent(item) else { throw .broken(detail: "an item is not as it should be: \(item)") }
      seen.append(event)
    }
    return EventQueryAnswer(
      items: seen, nextCursor: root["next_cursor"]?.string, isComplete: isComplete, reasons: reasons.count)
  }

  func histogram(_ request: HistogramRequest) async throws(EventQueryRefusal) -> HistogramAnswer {
    let filter = EventRequest(tenant: request.tenant, service: request.service, predicate: request.predicate)
    let body = Self.text(filter) { json in
      json.key("buckets")
      json.integer(request.buckets)
    }
    let root = try await ask("POST", "/v1/histogram", body: body)
    guard let width = root["bucket_ms"]?.integer, let buckets = root["buckets"]?.elements,
      let total = root["total"]?.integer, let isComplete = root["complete"]?.bool,
      let reasons = root["incomplete_because"]?.elements
    else { throw .broken(detail: "members are missing") }
    var seen: [HistogramAnswer.Bucket] = []
    for bucket in buckets {
      guard let start = bucket["start_ts"]?.integer.flatMap({ Timestamp(milliseconds: Int64($0)) }),
        case .object(let members)? = bucket["counts"]?.value
      else { throw .broken(detail: "a bucket is not as it should be: \(bucket)") }
      let counts = Dictionary(
        uniqueKeysWithValues: members.compactMap { member in
          member.node.integer.map { (member.name, $0) }
        })
      seen.append(HistogramAnswer.Bucket(start: start, counts: counts))
    }
    return HistogramAnswer(
      width: .milliseconds(width), buckets: seen, total: total, isComplete: isComplete, reasons: reasons.count)
  }

  func services(of tenant: TenantID) async throws(EventQueryRefusal) -> [String] {
    let root = try await ask("GET", "/v1/services?tenant_id=\(tenant.text)", body: [])
    return (root["services"]?.elements ?? []).compactMap(\.string)
  }

  private func ask(_ method: String, _ target: String, body: [UInt8]) async throws(EventQueryRefusal) -> JSONNode {
    guard let answer = await wire.send(method, target, body: body) else { throw .cancelled }
    let root: JSONNode
    do throws(JSONSyntaxError) { root = try JSONReader.read(answer.body) } catch {
      throw .broken(detail: "status \(answer.status), and the body is no JSON: \(error)")
    }
    if answer.status == 200 { return root }
    let code = root["code"]?.string.flatMap(ProblemCode.init(rawValue:))
    guard let code, code.status == answer.status else { throw .broken(detail: "status \(answer.status): \(root)") }
    switch code {
    case .invalidCursor: throw .invalidCursor
    case .invalidRequest: throw .invalidRequest(field: root["field"]?.string ?? "")
    case .overBudget: throw .overBudget
    case .unavailable: throw .unavailable
    default: throw .broken(detail: "\(code)")
    }
  }

  /// The request as a client would write it. Only what REST can say: whole milliseconds, levels.
  private static func text(_ request: EventRequest, and others: (inout JSONWriter) -> Void) -> [UInt8] {
    let predicate = request.predicate
    var json = JSONWriter()
    json.beginObject()
    json.key("tenant_id")
    json.string(request.tenant.text)
    if let service = request.service {
      json.key("service")
      json.string(service.text)
    }
    for (key, time) in [("from_ts", predicate.range.start), ("to_ts", predicate.range.end)]
    where time != .distantPast && time != .distantFuture {
      precondition(time.nanoseconds % 1_000_000 == 0, "REST takes whole milliseconds")
      json.key(key)
      json.integer(time.nanoseconds / 1_000_000)
    }
    if let level = Level.allCases.first(where: { $0.severities == predicate.severities }), level != .fatal {
      json.key("level")
      json.string(level.rawValue)
    } else if predicate.severities != EventPredicate.anySeverity {
      json.key("min_level")
      json.string(Severity(number: Int(predicate.severities.lowerBound))?.level?.rawValue ?? "")
    }
    json.key("contains")
    json.string(String(decoding: predicate.contains, as: UTF8.self))
    json.key("trace_id")
    if let traceID = predicate.traceID { json.string(traceID.description) } else { json.null() }
    others(&json)
    json.endObject()
    return json.drain()
  }
}

/// Without a socket: the handler called as the transport would.
struct DirectWire: RESTWire {
  let handler: HTTPHandler

  init(_ handler: @escaping HTTPHandler) { self.handler = handler }

  func send(_ method: String, _ target: String, body: [UInt8]) async -> (status: Int, body: [UInt8])? {
    let exchange = FakeExchange(
      method, target, ["content-type": "application/json"], body: body.isEmpty ? [] : [body])
    await handler(exchange)
    let outcome = exchange.outcome
    guard let head = outcome.head, outcome.isEnded, !outcome.isAborted else { return nil }
    return (head.status, outcome.body)
  }
}
