package import Domain

/// What `DiskLogFiles` follows.
package struct DiskLogFilesConfiguration: Sendable {
  let patterns: [PathPattern]
  let excluded: PathExclusions

  /// - Parameters:
  ///   - patterns: Paths, folders (for all files directly in them) and wildcards, see `PathPattern`. In any order.
  ///   - excluded: See `PathExclusions`.
  ///   - folder: Absolute; where relative paths begin.
  package init(
    patterns: [String], excluding excluded: [String] = [], in folder: String
  ) throws(PathPatternError) {
    self.patterns = try patterns.map { text throws(PathPatternError) in try PathPattern(text, in: folder) }
    self.excluded = try PathExclusions(excluded, in: folder)
  }
}
