package import Domain

/// Makes the events of an invented system, request by request: batches of its services fill side by side.
///
/// Templates, attributes and level names are bytes from the start, so an event costs some appending and no `String`.
package struct LoadGenerator: Sendable {
  /// A full batch.
  package static let batchEvents = 1_000

  private struct Service: Sendable {
    let name: ServiceName
    let pods: [[UInt8]]
    var events = EventColumns(reservingEvents: batchEvents, bytes: batchEvents * 96)
  }

  private struct Step: Sendable {
    let service: Int
    let severity: Severity
    let levelText: [UInt8]
    let template: LoadTemplate

    init(_ step: LoadStep, service: Int) {
      self.service = service
      severity = Severity(number: Int(step.level.severities.lowerBound)) ?? .unspecified
      levelText = Array(step.level.rawValue.utf8)
      template = step.template
    }
  }

  private var services: [Service]
  private let requests: [[Step]]
  /// The request of each part of the whole: one look-up instead of a search.
  private let shares: [Int]
  private var random: LoadRandom
  private var message: [UInt8] = []
  /// The request that is under way, and what of it is still to come.
  private var request = 0
  private var nextStep = Int.max
  private var trace: TraceID?

  /// - Parameter only: Make events of this service alone; one that the invented system does not have speaks like its
  ///   `api-service`.
  package init(seed: UInt64, only: ServiceName? = nil) {
    random = LoadRandom(seed: seed)
    let known = LoadCatalogue.services.contains { $0 == only?.text }
    let names = only.map { [known ? $0.text : "api-service"] } ?? LoadCatalogue.services
    services = names.map { name in
      Service(name: only ?? Self.serviceName(name), pods: LoadCatalogue.pods(of: only?.text ?? name))
    }
    var requests: [[Step]] = []
    var shares: [Int] = []
    for kind in LoadCatalogue.requests {
      let steps = kind.steps.compactMap { step in names.firstIndex(of: step.service).map { Step(step, service: $0) } }
      if steps.isEmpty { continue }
      shares.append(contentsOf: [Int](repeating: requests.count, count: kind.share))
      requests.append(steps)
    }
    self.requests = requests
    self.shares = shares
  }

  /// Adds so many events, a microsecond apart, until a batch is full.
  ///
  /// - Returns: How many were added: fewer than `count` when a batch is full.
  package mutating func add(_ count: Int, from time: Timestamp) -> Int {
    for index in 0..<count {
      if nextStep >= requests[request].count { beginRequest() }
      let step = requests[request][nextStep]
      nextStep += 1
      add(step, at: Timestamp(nanoseconds: time.nanoseconds &+ Int64(index) &* 1_000))
      if services[step.service].events.count == Self.batchEvents { return index + 1 }
    }
    return count
  }

  /// The events of each service that has at least so many, which is then empty.
  package mutating func take(ofAtLeast count: Int) -> [CutBatch] {
    var batches: [CutBatch] = []
    for index in services.indices where services[index].events.count >= count {
      batches.append(CutBatch(service: services[index].name, events: services[index].events))
      services[index].events = EventColumns(reservingEvents: Self.batchEvents, bytes: Self.batchEvents * 96)
    }
    return batches
  }

  private mutating func beginRequest() {
    request = shares[random.below(shares.count)]
    nextStep = 0
    trace = TraceID(Identifier128(high: random.next(), low: random.next()))
  }

  private mutating func add(_ step: Step, at time: Timestamp) {
    message.removeAll(keepingCapacity: true)
    step.template.append(to: &message, &random)
    let pods = services[step.service].pods
    let pod = pods[random.below(pods.count)]
    let text = message
    let position = UInt32(services[step.service].events.count)
    services[step.service].events.appendAttributes(encoded: pod.span)
    services[step.service].events.endEvent(
      timestamp: time, severity: step.severity, severityText: step.levelText.span, message: text.span, traceID: trace,
      spanID: SpanID(random.next()), index: position)
  }

  private static func serviceName(_ text: String) -> ServiceName {
    do throws(NameError) { return try ServiceName(text) } catch { preconditionFailure("\(text): \(error)") }
  }
}
