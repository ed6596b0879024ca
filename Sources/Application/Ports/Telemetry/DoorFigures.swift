/// What a listening port of ours has seen since it began, and what is open now.
package struct DoorFigures: Hashable, Sendable {
  package var openConnections: Int
  package var acceptedConnections: Int
  /// Closed at once, since as many as may be were open.
  package var refusedConnections: Int
  package var liveRequests: Int
  /// Ended by the client or a limit before their answer was complete.
  package var cancelledRequests: Int
  package var receivedBytes: Int
  package var sentBytes: Int
  package var protocolErrors: Int
  /// Connections ended for a time limit: head, idle, body rate, write stall.
  package var timeouts: Int

  package init(
    openConnections: Int, acceptedConnections: Int, refusedConnections: Int, liveRequests: Int, cancelledRequests: Int,
    receivedBytes: Int, sentBytes: Int, protocolErrors: Int, timeouts: Int
  ) {
    self.openConnections = openConnections
    self.acceptedConnections = acceptedConnections
    self.refusedConnections = refusedConnections
    self.liveRequests = liveRequests
    self.cancelledRequests = cancelledRequests
    self.receivedBytes = receivedBytes
    self.sentBytes = sentBytes
    self.protocolErrors = protocolErrors
    self.timeouts = timeouts
  }
}
