/// Whether a client sends its body fast enough, measured over the time in which we wanted to read: a handler that is slow
/// to take bytes is not the client's fault.
struct BodyRateMeter {
  private let minBytesPerSecond: Int
  private let windowMilliseconds: UInt64
  private var wantedMilliseconds: UInt64 = 0
  private var bytes = 0

  init(minBytesPerSecond: Int, window: Duration) {
    self.minBytesPerSecond = minBytesPerSecond
    windowMilliseconds = window.wholeMilliseconds
  }

  mutating func received(_ count: Int) { bytes += count }

  /// - Parameter milliseconds: In which bytes were wanted, since the last call.
  /// - Returns: Whether a window is over and too little came in it.
  mutating func isTooSlow(after milliseconds: UInt64) -> Bool {
    wantedMilliseconds += milliseconds
    if wantedMilliseconds < windowMilliseconds { return false }
    defer {
      wantedMilliseconds = 0
      bytes = 0
    }
    return bytes * 1000 < minBytesPerSecond * Int(wantedMilliseconds)
  }
}
