import Synchronization

/// The live numbers behind `HTTPServerStatistics`. Atomics, since every loop adds to them and anybody reads.
final class ServerCounters: Sendable {
  let connectionsOpen = Atomic(0)
  let connectionsAccepted = Atomic(0)
  let connectionsRefused = Atomic(0)
  let exchangesLive = Atomic(0)
  let exchangesTotal = Atomic(0)
  let exchangesCancelled = Atomic(0)
  let bytesIn = Atomic(0)
  let bytesOut = Atomic(0)
  let protocolErrors = Atomic(0)
  let timeouts = Atomic(0)

  func exchangeBegan() {
    exchangesLive.add(1, ordering: .relaxed)
    exchangesTotal.add(1, ordering: .relaxed)
  }

  func exchangeEnded() { exchangesLive.subtract(1, ordering: .relaxed) }

  func exchangeWasCancelled() { exchangesCancelled.add(1, ordering: .relaxed) }

  func protocolErrorCame() { protocolErrors.add(1, ordering: .relaxed) }

  func timeoutCame() { timeouts.add(1, ordering: .relaxed) }

  /// Counts what ended a connection, where it is worth a number.
  func count(_ reason: TransportError) {
    switch reason {
    case .protocolViolation: protocolErrorCame()
    case .timedOut: timeoutCame()
    case .closedByPeer, .cannotConnect, .portTaken, .cannotListen, .cancelled, .misuse: break
    }
  }

  var snapshot: HTTPServerStatistics {
    var statistics = HTTPServerStatistics()
    statistics.connectionsOpen = connectionsOpen.load(ordering: .relaxed)
    statistics.connectionsAccepted = connectionsAccepted.load(ordering: .relaxed)
    statistics.connectionsRefused = connectionsRefused.load(ordering: .relaxed)
    statistics.exchangesLive = exchangesLive.load(ordering: .relaxed)
    statistics.exchangesTotal = exchangesTotal.load(ordering: .relaxed)
    statistics.exchangesCancelled = exchangesCancelled.load(ordering: .relaxed)
    statistics.bytesIn = bytesIn.load(ordering: .relaxed)
    statistics.bytesOut = bytesOut.load(ordering: .relaxed)
    statistics.protocolErrors = protocolErrors.load(ordering: .relaxed)
    statistics.timeouts = timeouts.load(ordering: .relaxed)
    return statistics
  }
}
