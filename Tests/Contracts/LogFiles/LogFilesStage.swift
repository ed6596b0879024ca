package import Application

/// A folder of log files that a suite changes as programs that write logs do, fresh for each promise.
///
/// Names are below the folder, which is empty and there at first; those with slashes are in folders that are made as needed.
package protocol LogFilesStage: Sendable {
  /// The folder, an absolute path without a slash at the end.
  var root: String { get }

  /// How often the files say that anything may have changed, though they know of nothing: where changes cannot be watched. Nil
  /// where they are, and it is said only if so.
  var lookInterval: Duration? { get }

  /// The files that the patterns find, as an agent that starts now sees them.
  ///
  /// - Parameters:
  ///   - patterns: Below the folder.
  ///   - excluded: Below the folder, or without a slash for a name in any folder.
  func files(_ patterns: [String], excluding excluded: [String]) async throws -> any LogFiles

  /// Adds to a file, which is made if it is not there.
  func append(_ bytes: [UInt8], to name: String) async throws

  /// Makes a file shorter, as truncate(2) does.
  func truncate(_ name: String, to size: Int) async throws

  /// Replaces what is at `target`.
  func rename(_ name: String, to target: String) async throws

  func remove(_ name: String) async throws

  /// Gives a file a second name.
  func link(_ name: String, to second: String) async throws
}

extension LogFilesStage {
  package var lookInterval: Duration? { nil }

  package func files(_ patterns: String...) async throws -> any LogFiles { try await files(patterns, excluding: []) }

  package func append(_ text: String, to name: String) async throws { try await append(Array(text.utf8), to: name) }

  /// The absolute path of a name.
  package func path(_ name: String) -> String { "\(root)/\(name)" }
}
