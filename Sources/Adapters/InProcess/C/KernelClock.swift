import Glibc

/// Readings of the kernel's clocks.
enum KernelClock {
  /// Nanoseconds since 1970, as the machine's time of day has it.
  static func realtime() -> Int64 { read(CLOCK_REALTIME) }

  /// Nanoseconds since an arbitrary moment; stands still while the machine is suspended.
  static func monotonic() -> Int64 { read(CLOCK_MONOTONIC) }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    // Cannot fail for these two clocks (clock_gettime(2)): they exist on every Linux.
    unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
