/// What one tenant may do.
package struct TenantLimits: Hashable, Sendable {
  /// Nil: no limit.
  package var eventsPerSecond: Double?
  /// Bytes on the wire; nil: no limit.
  package var bytesPerSecond: Double?
  /// For how many seconds of its rate a tenant that was quiet may send at once.
  package var burst: Duration
  /// How long events are kept; also how old an event may be that comes in. Nil: as the service is set.
  package var retention: Duration?

  package init(
    eventsPerSecond: Double? = nil, bytesPerSecond: Double? = nil, burst: Duration = .seconds(5),
    retention: Duration? = nil
  ) {
    self.eventsPerSecond = eventsPerSecond
    self.bytesPerSecond = bytesPerSecond
    self.burst = burst
    self.retention = retention
  }
}
