import Glibc

/// The clock of all time-outs.
enum MonotonicClock {
  static func milliseconds() -> UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
  }
}

extension Duration {
  /// Rounded down; negative durations count as none.
  var wholeMilliseconds: UInt64 {
    let (seconds, attoseconds) = components
    return seconds < 0 ? 0 : UInt64(seconds) * 1000 + UInt64(max(0, attoseconds)) / 1_000_000_000_000_000
  }
}
