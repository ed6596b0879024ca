import Application
package import GRPCAdapter
package import RESTAdapter
import Transport

extension Door {
  /// The gRPC door. To stop, streams are ended first.
  package static func grpc(_ server: GRPCServer) -> Door {
    Door(
      .grpc, name: "gRPC server", setting: DoorSettings.grpcPort, protocols: .http2,
      handle: { await server.handle($0) },
      beginStop: { server.beginShutdown() })
  }

  /// The query API.
  package static func rest(_ api: RESTAPI) -> Door {
    Door(.http, name: "query API", setting: DoorSettings.httpPort, handle: { await api.handle($0) })
  }

  static func metrics(_ endpoint: MetricsEndpoint) -> Door {
    Door(.metrics, name: "metrics port", setting: DoorSettings.metricsPort, handle: { await endpoint.handle($0) })
  }
}
