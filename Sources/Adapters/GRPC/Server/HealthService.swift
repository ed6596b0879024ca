import Application
import Domain

/// `grpc.health.v1.Health` over the `Health` port. All services of a process are well or not together.
struct HealthService: Sendable {
  /// The service beside this one.
  let service: String
  let health: any Health
  let clock: any WallClock
  let shutdown: ShutdownSignal
  let watchInterval: Duration

  /// Services that can be asked about; the empty name is the whole process.
  private var services: [String] { ["", service] }

  var methods: [GRPCMethod] {
    [
      .unary("/grpc.health.v1.Health/Check") { (_, request) throws(GRPCStatus) in
        let service = try Self.service(request)
        guard services.contains(service) else {
          throw GRPCStatus(.notFound, "there is no service '\(service)'")
        }
        return HealthMessages.checkResponse(await status())
      },
      .unary("/grpc.health.v1.Health/List") { (_, _) throws(GRPCStatus) in
        let status = await status()
        return HealthMessages.listResponse(services.map { ($0, status) })
      },
      GRPCMethod("/grpc.health.v1.Health/Watch") { call in await watch(call) },
    ]
  }

  private func watch(_ call: GRPCCall) async -> GRPCStatus {
    do throws(GRPCStatus) {
      guard let request = try await call.requests.next() else {
        throw GRPCStatus(.unimplemented, "the call has no request message")
      }
      let isKnown = services.contains(try Self.service(request))
      var last: HealthStatus?
      while true {
        let now = isKnown ? await status() : .serviceUnknown
        if now != last { try await call.send(HealthMessages.checkResponse(now)) }
        last = now
        if shutdown.hasBegun { return .shuttingDown }
        do throws(CancellationError) { try await clock.sleep(for: watchInterval) } catch {
          throw GRPCStatus(.cancelled, "the call was cancelled")
        }
      }
    } catch {
      return error
    }
  }

  private func status() async -> HealthStatus {
    if shutdown.hasBegun { return .notServing }
    return await health.problems().isEmpty ? .serving : .notServing
  }

  private static func service(_ request: [UInt8]) throws(GRPCStatus) -> String {
    do throws(DecodingError) { return try HealthMessages.service(checkRequest: request.span) } catch {
      throw GRPCStatus(.invalidArgument, error.description)
    }
  }
}
