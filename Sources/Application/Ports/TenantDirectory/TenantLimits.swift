/// What one tenant may do.
package struct TenantLimits: Hashable, Sendable {
  /// Nil: no limit of its own.
  package var eventsPerSecond: Int?
  /// Bytes on the wire; nil: no limit of its own.
  package var bytesPerSecond: Int?
  /// For how long a tenant that was quiet may send at once what its rates give; nil: as the service is set.
  package var burst: Duration?
  /// How long events are kept; also how old an event may be that comes in. Nil: as the service is set.
  package var retention: Duration?

  package init(
    eventsPerSecond: Int? = nil, bytesPerSecond: Int? = nil, burst: Duration? = nil, retention: Duration? = nil
  ) {
    self.eventsPerSecond = eventsPerSecond
    self.bytesPerSecond = bytesPerSecond
    self.burst = burst
    self.retention = retention
  }

  /// With what is not said taken from `other`.
  package func filled(from other: TenantLimits) -> TenantLimits {
    TenantLimits(
      eventsPerSecond: eventsPerSecond ?? other.eventsPerSecond, bytesPerSecond: bytesPerSecond ?? other.bytesPerSecond,
      burst: burst ?? other.burst, retention: retention ?? other.retention)
  }
}
