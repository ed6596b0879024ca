/// How a service is, as `grpc.health.v1` says it.
enum HealthStatus: Sendable {
  case serving
  case notServing
  /// Of a service that this server does not have; told by Watch only.
  case serviceUnknown

  var wire: UInt64 {
    switch self {
    case .serving: HealthFields.HealthCheckResponse.ServingStatus.serving
    case .notServing: HealthFields.HealthCheckResponse.ServingStatus.notServing
    case .serviceUnknown: HealthFields.HealthCheckResponse.ServingStatus.serviceUnknown
    }
  }
}
