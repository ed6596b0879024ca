import Glibc

/// What the kernel says of this process. Files below /proc are made up in memory: reading them does not block.
enum ProcessFiles {
  /// The first 4 KB of a file below /proc; empty if it cannot be read.
  static func read(_ path: String) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    return [UInt8](capacity: 4_096) { content in
      unsafe content.withUnsafeMutableBufferPointer { buffer, filled in
        filled = unsafe max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
      }
    }
  }

  /// Entries of a folder, without `.` and `..`; nil if it cannot be read.
  static func entries(of folder: String) -> Int? {
    guard let stream = unsafe opendir(folder) else { return nil }
    defer { unsafe closedir(stream) }
    var count = -2
    while unsafe readdir(stream) != nil { count += 1 }
    return count
  }

  /// Seconds of processor time in all threads, in user and kernel mode.
  static func processorSeconds() -> Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

  /// Seconds since the machine's start, suspended time included: what /proc counts from.
  static func secondsSinceBoot() -> Double { seconds(CLOCK_BOOTTIME) }

  /// Seconds since 1970.
  static func secondsSinceEpoch() -> Double { seconds(CLOCK_REALTIME) }

  static var ticksPerSecond: Int { sysconf(Int32(_SC_CLK_TCK)) }

  static var pageBytes: Int { sysconf(Int32(_SC_PAGESIZE)) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
