import Composition
import Domain
import Serving
import Foundation

/// `cordwood inspect`: what an object holds, and whether it is whole.
enum InspectCommand {
  static let dataDirectory = ServeSettings.dataDirectory
  static let events = Setting(
    "CORDWOOD_EVENTS", .count(in: 0...10_000), default: 0, "Show the first events of each chunk, at most so many.")

  static let command = Command(
    CommandSpecification(
      name: "inspect", summary: "Show what an object of the store holds, and check that it is whole",
      discussion: """
        Reads one object, checks every checksum, and prints the flush that wrote it, its chunks, and how well each column \
        is compressed. Needs no running server and changes nothing. Ends with status 1 if the object is damaged.
        """,
      examples: [
        CommandExample("cordwood inspect cordwood-data/objects/objects/default/2026/…/….cwd", "Inspect a file."),
        CommandExample("cordwood inspect --events 3 default/2026/…/….cwd", "By key, below DATA_DIR, with some events."),
      ],
      settings: [dataDirectory, events],
      operands: OperandsSpecification(
        "OBJECT", allowed: 1...1, "the path of an object's file, or its key below DATA_DIR"))
  ) { settings, console in
    let (path, bytes) = try contents(of: settings.operands[0], in: settings[dataDirectory])
    let report: ObjectReport
    do throws(DecodingError) {
      report = try ObjectReport(
        bytes, codecs: .all, events: settings[events])
    } catch { throw InspectFailure(path, error) }
    try console.print(report.text)
    return report.isWhole ? .done : .failed
  }

  private static func contents(of operand: String, in folder: String) throws -> (path: String, bytes: [UInt8]) {
    for path in [operand, "\(folder)/objects/objects/\(operand)"] where FileManager.default.fileExists(atPath: path) {
      do { return (path, [UInt8](try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe))) } catch {
        throw UsageError("'\(path)' cannot be read: is it an object's file, and may you read it?")
      }
    }
    throw UsageError("there is no file '\(operand)', and no object of that key in '\(folder)'")
  }
}
