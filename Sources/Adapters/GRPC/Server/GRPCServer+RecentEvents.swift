package import Application
import Domain

extension GRPCServer {
  /// The gRPC door of a processor: `cordwood.processor.v1.RecentEventsService` and `grpc.health.v1.Health`.
  ///
  /// Give `handle` to an `HTTPServer` made with `configuration.http`.
  package convenience init(
    recentEvents source: any RecentEventsSource, configuration: RecentEventsServerConfiguration, health: any Health,
    telemetry: any Telemetry, clock: any WallClock
  ) {
    var limits = GRPCServerConfiguration()
    limits.maximumMessageBytes = RecentEventsServerConfiguration.maximumRequestBytes
    let service = RecentEventsService(source: source, secret: configuration.secret)
    self.init(
      configuration: limits, service: RecentEventsService.name, health: health, telemetry: telemetry, clock: clock
    ) { _ in service.methods }
  }
}
