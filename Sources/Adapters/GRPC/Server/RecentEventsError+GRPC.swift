import Application
import Domain

extension GRPCStatus {
  /// The longest reason that is sent, in characters: it travels in a header field.
  private static let reasonLength = 1024

  /// What a source said instead of answering; `RecentEventsError.init` is its reverse.
  init(_ error: RecentEventsError) {
    switch error {
    case .noOwner(let partition): self.init(.notFound, "partition \(partition) is not owned here")
    case .stopped(_, let reason): self.init(.failedPrecondition, String(reason.prefix(Self.reasonLength)))
    case .unavailable(let reason): self.init(.unavailable, String(reason.prefix(Self.reasonLength)))
    case .cancelled: self.init(.cancelled, "the question was cancelled")
    }
  }
}

extension RecentEventsError {
  /// - Parameter server: Who was asked.
  init(_ status: GRPCStatus, about partition: PartitionID, from server: String) {
    switch status.code {
    case .notFound: self = .noOwner(partition)
    case .failedPrecondition: self = .stopped(partition, reason: status.message)
    case .ok, .cancelled, .unknown, .invalidArgument, .deadlineExceeded, .permissionDenied, .resourceExhausted,
      .unimplemented, .internalError, .unavailable, .unauthenticated:
      self = .unavailable(reason: "the processor at \(server): \(status.message)")
    }
  }
}
