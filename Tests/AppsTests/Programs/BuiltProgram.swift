import Foundation

/// A program of this package, as it was built beside the tests.
enum BuiltProgram: String, CaseIterable, Sendable {
  case cordwood
  case agent = "cordwood-agent"
  case ingestor = "cordwood-ingestor"
  case processor = "cordwood-processor"
  case query = "cordwood-query"

  struct NotBuilt: Error, CustomStringConvertible {
    let path: String
    var description: String { "there is no program '\(path)': swift build --build-tests makes it" }
  }

  /// SwiftPM puts the programs into the folder of the test bundle, which is the program that runs the tests.
  func path() throws -> String {
    let tests = URL(fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    let path = tests.deletingLastPathComponent().appending(path: rawValue).path
    guard FileManager.default.isExecutableFile(atPath: path) else { throw NotBuilt(path: path) }
    return path
  }
}
