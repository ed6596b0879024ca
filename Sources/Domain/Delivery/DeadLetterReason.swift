/// Why something is in the dead letters. The raw values are labels of metrics and words of the API: they stay.
package enum DeadLetterReason: Hashable, Sendable {
  /// One event broke a rule at the ingestor; the rest of its batch was taken.
  case event(EventRejection.Reason)
  /// The tenant has as many streams as it may.
  case tooManyStreams
  case sequenceConflict
  case behindWindow
  case producerExpired
  case undecodable

  /// Every one there is, those of single events last.
  package static let all: [DeadLetterReason] =
    [.tooManyStreams, .sequenceConflict, .behindWindow, .producerExpired, .undecodable]
    + EventRejection.Reason.allCases.map(DeadLetterReason.event)

  package var text: String {
    switch self {
    case .event(let reason): reason.rawValue
    case .tooManyStreams: "too-many-streams"
    case .sequenceConflict: "sequence-conflict"
    case .behindWindow: "behind-window"
    case .producerExpired: "producer-expired"
    case .undecodable: "undecodable"
    }
  }

  /// Nil for a text that is none of the reasons.
  package init?(text: String) {
    switch text {
    case "too-many-streams": self = .tooManyStreams
    case "sequence-conflict": self = .sequenceConflict
    case "behind-window": self = .behindWindow
    case "producer-expired": self = .producerExpired
    case "undecodable": self = .undecodable
    default:
      guard let reason = EventRejection.Reason(rawValue: text) else { return nil }
      self = .event(reason)
    }
  }
}
