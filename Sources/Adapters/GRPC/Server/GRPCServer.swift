package import Application
import Domain
package import Threads
package import Transport

/// The gRPC door of a service: its own methods, and `grpc.health.v1.Health`.
///
/// Give `handle` to an `HTTPServer`. Calls run on the event loop of their connection. To stop: `beginShutdown`, then
/// drain the `HTTPServer`.
package final class GRPCServer: Sendable {
  private let configuration: GRPCServerConfiguration
  private let methods: [String: GRPCMethod]
  private let telemetry: any Telemetry
  private let clock: any WallClock
  private let shutdown: ShutdownSignal

  /// The ingestor's door: `cordwood.ingestor.v1.IngestorService`.
  ///
  /// - Parameter workers: Threads that decode large batches.
  package convenience init(
    configuration: GRPCServerConfiguration = GRPCServerConfiguration(), ingest: any EventIngest, health: any Health,
    telemetry: any Telemetry, clock: any WallClock, workers: ThreadPool
  ) {
    let decoding = BatchDecoding(offLoopBytes: configuration.offLoopDecodingBytes, workers: workers)
    self.init(
      configuration: configuration, service: IngestService.name, health: health, telemetry: telemetry, clock: clock
    ) { shutdown in
      let ingestor = IngestService(
        ingest: ingest, telemetry: telemetry, decoding: decoding, shutdown: shutdown,
        batchesInFlight: configuration.batchesInFlightPerStream, bytesInFlight: configuration.bytesInFlightPerStream)
      return ingestor.methods
    }
  }

  /// - Parameters:
  ///   - service: The name of the service, for questions about its health.
  ///   - methods: Makes its methods; long ones end when the signal comes.
  init(
    configuration: GRPCServerConfiguration, service: String, health: any Health, telemetry: any Telemetry,
    clock: any WallClock, methods: (ShutdownSignal) -> [GRPCMethod]
  ) {
    self.configuration = configuration
    self.telemetry = telemetry
    self.clock = clock
    let shutdown = ShutdownSignal()
    self.shutdown = shutdown
    let healthService = HealthService(
      service: service, health: health, clock: clock, shutdown: shutdown,
      watchInterval: configuration.healthWatchInterval)
    let all = methods(shutdown) + healthService.methods
    self.methods = Dictionary(uniqueKeysWithValues: all.map { ($0.path, $0) })
  }

  /// Ends Push and Watch streams: batches that are under way are answered, then the stream ends with UNAVAILABLE, upon
  /// which clients go to another server. Health turns to NOT_SERVING.
  package func beginShutdown() { shutdown.begin() }

  /// Answers one request.
  package func handle(_ exchange: any HTTPExchange) async {
    let start = clock.elapsed()
    let fields = exchange.request.fields
    guard exchange.request.method == "POST", Self.isGRPC(fields["content-type"]) else {
      refuseHTTP(exchange)
      return record("unsupported", 415, since: start)
    }
    let call = GRPCCall(exchange, maximumMessageBytes: configuration.maximumMessageBytes)
    guard let method = methods[exchange.request.target] else {
      let status = GRPCStatus(.unimplemented, "there is no method '\(exchange.request.target)'")
      call.finish(status)
      return record("unknown", status.code.rawValue, since: start)
    }
    let status: GRPCStatus
    if let fault = Self.fault(in: fields) { status = fault } else { status = await answer(call, method, fields) }
    call.finish(status)
    record(method.route, status.code.rawValue, since: start)
  }

  private func answer(_ call: GRPCCall, _ method: GRPCMethod, _ fields: HTTPFields) async -> GRPCStatus {
    guard let text = fields["grpc-timeout"], let timeout = GRPCTimeout.parse(text) else {
      return await method.answer(call)
    }
    return await withTaskGroup(of: GRPCStatus?.self) { group in
      group.addTask { await method.answer(call) }
      group.addTask { [clock] in
        do throws(CancellationError) { try await clock.sleep(for: timeout) } catch {}
        return nil
      }
      let first = await group.next()
      group.cancelAll()
      // The method is cancelled and awaited before the status is sent: one task sends at a time.
      let last = await group.next()
      if let status = first ?? nil { return status }
      // The sleep ends before its time only when the client is gone.
      if Task.isCancelled, let status = last ?? nil { return status }
      return GRPCStatus(.deadlineExceeded, "the deadline of \(text) has passed")
    }
  }

  private static func isGRPC(_ contentType: String?) -> Bool {
    guard let contentType else { return false }
    return contentType == "application/grpc" || contentType.hasPrefix("application/grpc+proto")
      || contentType.hasPrefix("application/grpc;")
  }

  /// What is wrong with the fields of a call, whatever its method.
  private static func fault(in fields: HTTPFields) -> GRPCStatus? {
    if let encoding = fields["grpc-encoding"], encoding != "identity" {
      return GRPCStatus(.unimplemented, "grpc-encoding '\(encoding)' is not supported, only 'identity'")
    }
    if let text = fields["grpc-timeout"], GRPCTimeout.parse(text) == nil {
      return GRPCStatus(.invalidArgument, "grpc-timeout '\(text)' is malformed, expected 1 to 8 digits and a unit")
    }
    return nil
  }

  private func refuseHTTP(_ exchange: any HTTPExchange) {
    do throws(TransportError) {
      try exchange.start(HTTPResponseHead(status: 415))
      try exchange.end(trailers: [:])
    } catch {
      exchange.abort()
    }
  }

  private func record(_ route: StaticString, _ status: Int, since start: Duration) {
    telemetry.record(
      .requestAnswered(protocol: .grpc, route: route, status: status, duration: clock.elapsed() - start))
  }
}
