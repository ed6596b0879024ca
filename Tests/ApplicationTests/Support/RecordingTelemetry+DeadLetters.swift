import Application
import Domain
import InMemoryAdapter

extension RecordingTelemetry {
  /// How many events were said to have become dead letters, by reason.
  var deadLetteredEvents: [DeadLetterReason: Int] {
    var counts: [DeadLetterReason: Int] = [:]
    for event in events {
      guard case .eventsDeadLettered(_, let reason, let count) = event else { continue }
      counts[reason, default: 0] += count
    }
    return counts
  }
}
