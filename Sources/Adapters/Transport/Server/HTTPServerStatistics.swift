/// A server's counters at one moment, for metrics. Not one instant: each number is read by itself.
package struct HTTPServerStatistics: Sendable, Equatable {
  package var connectionsOpen = 0
  package var connectionsAccepted = 0
  /// Closed at once, since `maxConnections` were open.
  package var connectionsRefused = 0
  /// Handlers that run now.
  package var exchangesLive = 0
  package var exchangesTotal = 0
  /// Ended by the client or a limit before their answer was complete.
  package var exchangesCancelled = 0
  package var bytesIn = 0
  package var bytesOut = 0
  package var protocolErrors = 0
  package var timeouts = 0

  package init() {}
}
