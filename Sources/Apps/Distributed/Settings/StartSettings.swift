package import Composition

/// How a program starts.
package enum StartSettings {
  package static let timeout = Setting(
    "START_TIMEOUT", .duration(in: .seconds(1)...(.seconds(600))), default: .seconds(60),
    "How long the start waits for Kafka, Redis and the object store before it gives up.")
}
