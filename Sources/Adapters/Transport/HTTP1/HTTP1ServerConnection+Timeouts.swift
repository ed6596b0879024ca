extension HTTP1ServerConnection {
  func checkTimeouts(_ now: UInt64) {
    let elapsed = now - lastSweep
    lastSweep = now
    let limits = server.limits
    if socket.queuedBytes > 0 {
      if isPast(limits.writeStallTimeout, since: lastProgress, now) {
        close(.timedOut(detail: "the client takes no bytes"))
      }
      return
    }
    lastProgress = now
    switch phase {
    case .idle:
      if isPast(limits.idleTimeout, since: phaseSince, now) { close(.cancelled) }
    case .head:
      if isPast(limits.headerTimeout, since: phaseSince, now) { refuse(408) }
    case .body:
      // While the client waits for our 100 it owes us nothing.
      if wantsInput, !awaitsContinue, rate.isTooSlow(after: elapsed) { refuse(408) }
    case .complete:
      lookForReset()
    case .lingering:
      if isPast(limits.lingerTimeout, since: phaseSince, now) { close(.cancelled) }
    }
  }

  /// A reset that came together with the request made no edge of its own.
  private func lookForReset() {
    if exchange == nil || hasPolledPeer { return }
    hasPolledPeer = true
    if socket.isBroken() { return close(.closedByPeer(detail: "the client reset the connection")) }
    if socket.hasPeerClosed { loop.settleLater(self) }
  }

  private func isPast(_ timeout: Duration, since: UInt64, _ now: UInt64) -> Bool {
    now > since + timeout.wholeMilliseconds
  }
}
