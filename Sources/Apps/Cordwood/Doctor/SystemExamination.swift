import Application
import Domain
import Threads

/// The machine: file descriptors and clock.
struct SystemExamination: Examination {
  /// A thousand connections, and the files of the log.
  static let enoughDescriptors: UInt = 4_096
  /// No Cordwood is older than this.
  static let firstRelease = Timestamp(nanoseconds: 1_767_225_600_000_000_000)

  let clock: any WallClock

  func findings() async -> [Finding] { [descriptors(), time()] }

  private func descriptors() -> Finding {
    let limit = DescriptorLimit.raise()
    let text = "the process may open \(limit) files and connections"
    return limit >= Self.enoughDescriptors
      ? .ok("open files", text)
      : .warning("open files", text, "raise the hard limit (LimitNOFILE= of systemd, ulimit -Hn) to 65536")
  }

  private func time() -> Finding {
    let now = clock.now()
    let text = "it is \(RFC3339.text(now))"
    return now > Self.firstRelease
      ? .ok("clock", text)
      : .error("clock", text, "set the clock and keep it with NTP: events are stored by time, ages are judged by it")
  }
}
