package import Domain

/// Reads a single event as its sender sent it, by the same rules as in a batch. For event letters, which hold such bytes.
package protocol EventDecoding: Sendable {
  func decode(_ event: [UInt8], limits: EventLimits) -> DecodedEvent
}
