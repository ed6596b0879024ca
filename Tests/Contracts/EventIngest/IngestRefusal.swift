package import Application

/// Why a door did not take a batch, in words that all doors share.
package enum IngestRefusal: Error, Equatable, Sendable {
  /// The sender has to change something. The reason is for people and differs from door to door.
  case rejected(reason: String)
  case unavailable(retryAfter: Duration?)
  case cancelled

  package init(_ error: EventIngestError) {
    switch error {
    case .rejected(let reason): self = .rejected(reason: reason)
    case .unavailable(let retryAfter, _): self = .unavailable(retryAfter: retryAfter)
    case .shuttingDown: self = .unavailable(retryAfter: nil)
    case .cancelled: self = .cancelled
    }
  }

  package var isRejected: Bool { if case .rejected = self { true } else { false } }
  package var isUnavailable: Bool { if case .unavailable = self { true } else { false } }
}
