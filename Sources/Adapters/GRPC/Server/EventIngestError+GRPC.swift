import Application

extension GRPCStatus {
  /// What an error of the use case is for a call as a whole.
  init(_ error: EventIngestError) {
    switch error {
    case .rejected(let reason): self.init(.invalidArgument, reason)
    case .unavailable(let retryAfter, let reason): self.init(.unavailable, reason, retryAfter: retryAfter)
    case .shuttingDown: self = .shuttingDown
    case .cancelled: self.init(.cancelled, "the call was cancelled")
    }
  }

  init(_ fault: BatchFault) {
    switch fault {
    case .tooLarge: self.init(.resourceExhausted, fault.description)
    case .malformed, .invalidService, .invalidProducer, .invalidResource, .invalidTraceParent:
      self.init(.invalidArgument, fault.description)
    }
  }

  static let shuttingDown = GRPCStatus(.unavailable, "the server is shutting down: connect to another one")
}
