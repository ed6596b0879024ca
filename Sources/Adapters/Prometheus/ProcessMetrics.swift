/// The metrics that every Prometheus client library gives of its process
/// (https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics).
enum ProcessMetrics {
  static let definitions: [MetricDefinition] = [
    .init("process_cpu_seconds_total", .counter, "Processor time spent, in user and kernel mode"),
    .init("process_resident_memory_bytes", .gauge, "Memory in use that is not swapped out"),
    .init("process_open_fds", .gauge, "Open file descriptors"),
    .init("process_start_time_seconds", .gauge, "When the process started, in seconds since 1970"),
  ]

  /// In the order of `definitions`; nil for what the system does not say.
  static func read() -> [Double?] {
    [ProcessFiles.processorSeconds(), residentBytes(), openFiles(), startTime]
  }

  /// proc(5), /proc/pid/statm: the second field, in pages.
  private static func residentBytes() -> Double? {
    fields(ProcessFiles.read("/proc/self/statm")).dropFirst().first.flatMap { Double($0) }
      .map { $0 * Double(ProcessFiles.pageBytes) }
  }

  /// One less than are there while they are counted: the counting opens the folder.
  private static func openFiles() -> Double? {
    ProcessFiles.entries(of: "/proc/self/fd").map { Double($0 - 1) }
  }

  /// proc(5), /proc/pid/stat: the 22nd field, in ticks since boot. The second is in parentheses and may hold anything.
  private static let startTime: Double? = {
    let stat = ProcessFiles.read("/proc/self/stat")
    guard let parenthesis = stat.lastIndex(of: UInt8(ascii: ")")) else { return nil }
    let rest = fields(Array(stat[(parenthesis + 1)...]))
    guard rest.count > 19, let ticks = Double(rest[19]) else { return nil }
    let boot = ProcessFiles.secondsSinceEpoch() - ProcessFiles.secondsSinceBoot()
    return boot + ticks / Double(ProcessFiles.ticksPerSecond)
  }()

  private static func fields(_ text: [UInt8]) -> [Substring] {
    String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace)
  }
}
