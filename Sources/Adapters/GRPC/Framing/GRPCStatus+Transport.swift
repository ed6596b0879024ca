import Transport

extension GRPCStatus {
  /// What a fault of the connection means for a call.
  init(_ error: TransportError) {
    switch error {
    case .closedByPeer(let detail), .timedOut(let detail), .cannotConnect(let detail): self.init(.unavailable, detail)
    case .portTaken, .cannotListen: self.init(.unavailable, error.description)
    case .cancelled: self.init(.cancelled, "the call was cancelled")
    case .protocolViolation(let detail), .misuse(let detail): self.init(.internalError, detail)
    }
  }
}
