import Domain
import Foundation
import Testing

/// Any other value of the variable turns on measurements that need no files.
private let measuredFolder: URL? = ProcessInfo.processInfo.environment["CORDWOOD_MEASURE"].flatMap { path in
  path.hasPrefix("/") ? URL(fileURLWithPath: path) : nil
}

/// How many lines of real logs have their time and level found, and what a line costs: `CORDWOOD_MEASURE=folder swift test
/// -c release -Xswiftc -enable-testing --filter EventReaderMeasurements`, with a folder of log files. Nothing is asserted.
@Suite(
  "Events of real logs, measured", .enabled(if: measuredFolder != nil), .serialized,
  .timeLimit(.minutes(10)))
struct EventReaderMeasurements {
  @Test("each file of the folder")
  func files() throws {
    let folder = try #require(measuredFolder)
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .sorted { $0.path < $1.path }
    print("| file | events | time found | level found | ns an event |\n| --- | --- | --- | --- | --- |")
    for file in files {
      guard let data = try? Data(contentsOf: file) else { continue }
      let bytes = [UInt8](data)
      var best = Duration.seconds(1_000)
      var figures = (events: 0, timeless: 0, levels: 0)
      for _ in 0..<10 {
        best = try min(best, ContinuousClock().measure { figures = try Self.read(bytes) })
      }
      let cost = best.wholeNanoseconds / Int64(max(1, figures.events))
      let name = file.lastPathComponent
      print("| \(name) | \(figures.events) | \(figures.events - figures.timeless) | \(figures.levels) | \(cost) |")
    }
  }

  private static func read(_ bytes: [UInt8]) throws -> (events: Int, timeless: Int, levels: Int) {
    var reader = EventReader(EventReaderOptions(), defaultService: try ServiceName("svc"))
    var columns = EventColumns(reservingEvents: bytes.count / 64, bytes: bytes.count)
    let none: [UInt8] = []
    var position = 0
    while true {
      switch reader.next(in: bytes.span, from: position, isEnd: true, now: ReadFile.now) {
      case .incomplete:
        return (columns.count, reader.counts.eventsWithoutTime, columns.severities.count { $0 != 0 })
      case .blank(let range): position = range.upperBound
      case .event(let range):
        reader.append(bytes.span, to: &columns, index: UInt32(columns.count), attributes: none.span)
        position = range.upperBound
      }
    }
  }
}
