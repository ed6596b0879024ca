import Application
import Threads

/// A connection with a thread of its own and a bounded queue: what comes while it is busy travels together in the next
/// pipeline.
final class RedisLane: Sendable {
  private struct Queue {
    var calls: [PendingCall] = []
    var isServed = false
    var isClosed = false
  }

  private let thread: ThreadPool
  private let queue = Lock(Queue())
  private let link: RedisLink
  private let configuration: RedisConfiguration

  init(
    number: Int, _ configuration: RedisConfiguration, resolver: any RedisEndpointResolver,
    connector: any RedisConnector, telemetry: any Telemetry
  ) {
    self.configuration = configuration
    thread = ThreadPool(name: "redis-\(number)", threads: 1)
    link = RedisLink(configuration, resolver: resolver, connector: connector, telemetry: telemetry)
  }

  /// Calls that wait.
  var load: Int { queue.withLock { $0.calls.count + ($0.isServed ? 1 : 0) } }

  func perform(_ call: PendingCall) async -> PendingCall.Answer {
    let limit = configuration.queuedCalls
    let refusal = queue.withLock { queue -> RedisError? in
      if queue.isClosed { return .unavailable(reason: "the connection to redis is closed", retryAfter: nil) }
      guard queue.calls.count < limit else {
        return .unavailable(reason: "\(limit) calls wait for redis already", retryAfter: .milliseconds(100))
      }
      queue.calls.append(call)
      return nil
    }
    if let refusal { return .failure(refusal) }
    serve()
    return await call.answer()
  }

  /// Fails what waits and what comes, and closes the connection.
  func close() async {
    let calls = queue.withLock { queue in
      queue.isClosed = true
      defer { queue.calls = [] }
      return queue.calls
    }
    for call in calls {
      call.settle(.failure(.unavailable(reason: "the connection to redis is closed", retryAfter: nil)))
    }
    let link = link
    await thread.run { link.close() }
  }

  /// Has the thread serve the queue until it is empty, unless it does already.
  private func serve() {
    let begins = queue.withLock { queue in
      defer { queue.isServed = true }
      return !queue.isServed
    }
    if !begins { return }
    // Nobody waits for it: it lasts as long as there are calls, each of which has its deadline.
    Task(executorPreference: thread) { self.drain() }
  }

  private func drain() {
    while true {
      let calls = queue.withLock { queue in
        let next = Array(queue.calls.prefix(configuration.pipelinedCalls))
        queue.calls.removeFirst(next.count)
        if next.isEmpty { queue.isServed = false }
        return next
      }
      if calls.isEmpty { return }
      link.perform(calls)
    }
  }
}
