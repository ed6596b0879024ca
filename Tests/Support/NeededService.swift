import Foundation

/// The condition of a suite that needs something beside it: whoever runs the tests without it has the suite left out and is
/// told so. `make test` brings everything and sets `CORDWOOD_REQUIRE_SERVICES`: then the suite runs, and what is missing is
/// a failure.
package enum NeededService {
  private static let environment = ProcessInfo.processInfo.environment

  package static func isThereOrRequired(_ isThere: Bool) -> Bool {
    isThere || environment["CORDWOOD_REQUIRE_SERVICES"] == "1"
  }

  /// The Python with the packages of Tests/requirements.txt, which `CORDWOOD_TEST_PYTHON` names.
  package static let python = environment["CORDWOOD_TEST_PYTHON"]
  package static let isPythonThereOrRequired = isThereOrRequired(python != nil)

  package static func isThereOrRequired(program path: String) -> Bool {
    isThereOrRequired(FileManager.default.isExecutableFile(atPath: path))
  }
}
