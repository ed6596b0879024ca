import Foundation

/// What the figures were measured on.
struct MachineFacts: Sendable, Encodable {
  let processor: String
  let cores: Int
  let memoryGiB: Double
  let kernel: String
  /// Of the last minute when it began; above 0.5 or so the machine was busy with something else.
  let loadAverage: String

  static func current() -> MachineFacts {
    MachineFacts(
      processor: line("model name", of: "/proc/cpuinfo") ?? "unknown",
      cores: ProcessInfo.processInfo.activeProcessorCount,
      memoryGiB: (Double(ProcessInfo.processInfo.physicalMemory) / Double(1 << 30) * 10).rounded() / 10,
      kernel: text(of: "/proc/sys/kernel/osrelease"),
      loadAverage: text(of: "/proc/loadavg").split(separator: " ").first.map(String.init) ?? "unknown")
  }

  private static func line(_ key: String, of path: String) -> String? {
    let line = text(of: path).split(separator: "\n").first { $0.hasPrefix(key) }
    return line?.split(separator: ":", maxSplits: 1).last?.trimmingCharacters(in: .whitespaces)
  }

  private static func text(of path: String) -> String {
    let data = try? FileHandle(forReadingFrom: URL(filePath: path)).readToEnd()
    return String(decoding: data ?? Data(), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
