import Application
import Transport

extension DoorFigures {
  init(_ statistics: HTTPServerStatistics) {
    self.init(
      openConnections: statistics.connectionsOpen, acceptedConnections: statistics.connectionsAccepted,
      refusedConnections: statistics.connectionsRefused, liveRequests: statistics.exchangesLive,
      cancelledRequests: statistics.exchangesCancelled, receivedBytes: statistics.bytesIn,
      sentBytes: statistics.bytesOut, protocolErrors: statistics.protocolErrors, timeouts: statistics.timeouts)
  }
}
