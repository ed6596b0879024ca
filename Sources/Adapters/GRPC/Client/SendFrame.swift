/// An encoded batch to send.
struct SendFrame: Sendable {
  let content: [UInt8]
  /// When the batch was sent for the first time, by the clock's elapsed time (before zero if before its origin): its age is
  /// taken when the frame is written, since it may have waited long for a connection and for room.
  let firstSent: Duration
}
