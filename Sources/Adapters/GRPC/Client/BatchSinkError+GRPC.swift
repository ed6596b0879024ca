import Application

extension BatchSinkError {
  /// What the end of a call means for the batches that it left unanswered.
  init(_ status: GRPCStatus) {
    switch status.code {
    case .invalidArgument, .notFound, .permissionDenied, .failedPrecondition, .unauthenticated, .unimplemented:
      self = .rejected(reason: status.message)
    case .cancelled, .unknown, .deadlineExceeded, .resourceExhausted, .internalError, .unavailable:
      self = .unavailable(retryAfter: status.retryAfter, reason: status.message)
    case .ok:
      self = .unavailable(retryAfter: nil, reason: "the server ended the stream")
    }
  }
}
