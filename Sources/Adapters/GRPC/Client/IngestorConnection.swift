import Application
import Domain
import Transport

/// The connection to one of the servers, and the Push streams on it, one a tenant. Connects when somebody needs it.
///
/// After a failure it goes to the next server, and not before the backoff is over: callers wait meanwhile.
actor IngestorConnection {
  private typealias Attempt<Value: Sendable> = SharedOutcome<Result<Value, BatchSinkError>>

  struct Connected: Sendable {
    let client: HTTP2Client
    let server: ServerAddress
  }

  private let configuration: GRPCBatchSinkConfiguration
  private let loop: EventLoop
  private let clock: any WallClock
  private let chance: @Sendable () -> Double

  private var isClosed = false
  private var serverIndex: Int
  private var backoff: Backoff
  /// No attempt before this time.
  private var notBefore = Duration.zero
  private var connected: Connected?
  private var connecting: Attempt<Connected>?
  private var sessions: [TenantID: PushSession] = [:]
  private var opening: [TenantID: Attempt<PushSession>] = [:]
  /// All that runs for this connection.
  private var tasks: [Int: Task<Void, Never>] = [:]
  private var nextTask = 0

  /// - Parameter chance: A number from 0 to 1, for the choice of the first server and for jitter.
  init(
    configuration: GRPCBatchSinkConfiguration, loop: EventLoop, clock: any WallClock,
    chance: @escaping @Sendable () -> Double
  ) {
    self.configuration = configuration
    self.loop = loop
    self.clock = clock
    self.chance = chance
    serverIndex = Int(chance() * Double(configuration.servers.count)) % configuration.servers.count
    backoff = Backoff(first: configuration.firstBackoff, longest: configuration.longestBackoff)
  }

  /// The tenant's Push stream, opened if need be.
  ///
  /// - Throws: `.unavailable` after one attempt on one server.
  func session(for tenant: TenantID) async throws(BatchSinkError) -> PushSession {
    if isClosed { throw .cancelled }
    if let session = sessions[tenant], !session.isOver { return session }
    if let attempt = opening[tenant] { return try await Self.outcome(of: attempt) }
    let attempt = Attempt<PushSession>()
    opening[tenant] = attempt
    start {
      let outcome = await self.open(tenant)
      await self.opened(tenant)
      attempt.resolve(outcome)
    }
    return try await Self.outcome(of: attempt)
  }

  /// A connection, made if need be.
  ///
  /// - Throws: `.unavailable` after one attempt on one server.
  func client() async throws(BatchSinkError) -> Connected {
    if isClosed { throw .cancelled }
    if let connected, connected.client.isUsable { return connected }
    if let attempt = connecting { return try await Self.outcome(of: attempt) }
    let attempt = Attempt<Connected>()
    connecting = attempt
    start {
      let outcome = await self.connect()
      await self.connectingEnded()
      attempt.resolve(outcome)
    }
    return try await Self.outcome(of: attempt)
  }

  /// A call on `client` failed for a reason that another server may not have.
  func failed(on client: HTTP2Client) {
    guard connected?.client === client else { return }
    noteFailure()
  }

  /// A call on `client` was answered.
  func succeeded(on client: HTTP2Client) {
    if connected?.client === client { backoff.succeeded() }
  }

  /// Ends everything; whoever waits gets an error. Returns when no task is left.
  func close() async {
    isClosed = true
    for task in tasks.values { task.cancel() }
    while let task = tasks.values.first { await task.value }
    connected?.client.close()
    connected = nil
  }

  /// Waits for an attempt that others may wait for too; a caller that is cancelled leaves it to them.
  private static func outcome<Value>(of attempt: Attempt<Value>) async throws(BatchSinkError) -> Value {
    guard let outcome = await attempt.wait() else { throw .cancelled }
    return try outcome.get()
  }
}

// MARK: - What runs on the loop

extension IngestorConnection {
  private func start(_ body: @escaping @Sendable () async -> Void) {
    nextTask += 1
    let id = nextTask
    tasks[id] = Task(executorPreference: loop.tasks) {
      await body()
      await self.taskEnded(id)
    }
    if isClosed { tasks[id]?.cancel() }
  }

  private func taskEnded(_ id: Int) { tasks[id] = nil }

  private func connectingEnded() { connecting = nil }

  private func opened(_ tenant: TenantID) { opening[tenant] = nil }

  private func connect() async -> Result<Connected, BatchSinkError> {
    let server = configuration.servers[serverIndex]
    do {
      let wait = notBefore - clock.elapsed()
      if wait > .zero { try await clock.sleep(for: wait) }
      let client = try await HTTP2Client.connect(
        host: server.host, port: server.port, loop: loop, configuration: configuration.http2)
      let connected = Connected(client: client, server: server)
      self.connected = connected
      return .success(connected)
    } catch let error as TransportError where error != .cancelled {
      let retryAfter = noteFailure()
      return .failure(.unavailable(retryAfter: retryAfter, reason: "\(server): \(GRPCStatus(error).message)"))
    } catch {
      return .failure(.cancelled)
    }
  }

  private func open(_ tenant: TenantID) async -> Result<PushSession, BatchSinkError> {
    do throws(BatchSinkError) {
      let connected = try await client()
      let head = ClientRequest.head("/\(IngestService.name)/Push", to: connected.server, tenant: tenant)
      let stream: HTTP2ClientStream
      do throws(TransportError) { stream = try await connected.client.open(head) } catch {
        failed(on: connected.client)
        throw BatchSinkError(GRPCStatus(error))
      }
      let session = PushSession(client: connected.client, stream: stream, configuration: configuration, clock: clock)
      sessions[tenant] = session
      start {
        await session.run()
        await self.ended(session, tenant, on: connected.client)
      }
      return .success(session)
    } catch { return .failure(error) }
  }

  private func ended(_ session: PushSession, _ tenant: TenantID, on client: HTTP2Client) {
    if sessions[tenant] === session { sessions[tenant] = nil }
    if session.hasAnswered { succeeded(on: client) }
    failed(on: client)
  }

  @discardableResult
  private func noteFailure() -> Duration {
    connected = nil
    serverIndex = (serverIndex + 1) % configuration.servers.count
    let wait = backoff.failed(chance: chance())
    notBefore = clock.elapsed() + wait
    return wait
  }
}
