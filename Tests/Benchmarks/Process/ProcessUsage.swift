import Foundation

/// What the kernel says that a process has used.
struct ProcessUsage: Sendable {
  /// `USER_HZ`, 100 on every Linux that this runs on: /proc counts in these.
  private static let ticksPerSecond = 100.0

  /// User and system time; counted in steps of 10 ms.
  let cpuSeconds: Double
  /// Zero once the process is over, like the next.
  let peakResidentBytes: Int
  let residentBytes: Int

  /// Nil if there is no such process.
  init?(of process: Int32) {
    guard let statistics = Self.read("/proc/\(process)/stat"), let status = Self.read("/proc/\(process)/status") else {
      return nil
    }
    // The fields after the name in parentheses, which may hold anything; proc(5): utime is 14, stime is 15.
    let fields = statistics[(statistics.lastIndex(of: ")") ?? statistics.startIndex)...].split(separator: " ")
    guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else { return nil }
    cpuSeconds = (user + system) / Self.ticksPerSecond
    peakResidentBytes = Self.bytes("VmHWM:", in: status)
    residentBytes = Self.bytes("VmRSS:", in: status)
  }

  private static func bytes(_ field: String, in status: String) -> Int {
    let line = status.split(separator: "\n").first { $0.hasPrefix(field) }
    return line?.split { !$0.isNumber }.first.flatMap { Int($0) }.map { $0 << 10 } ?? 0
  }

  static func ofThisProcess() -> ProcessUsage {
    guard let usage = ProcessUsage(of: ProcessInfo.processInfo.processIdentifier) else {
      preconditionFailure("/proc does not know this process")
    }
    return usage
  }

  private static func read(_ path: String) -> String? {
    guard let data = try? FileHandle(forReadingFrom: URL(filePath: path)).readToEnd() else { return nil }
    return String(decoding: data, as: UTF8.self)
  }
}
