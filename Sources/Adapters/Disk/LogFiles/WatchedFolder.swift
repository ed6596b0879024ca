/// What events of a folder mean.
struct WatchedFolder: Sendable {
  /// New names that these places of the patterns lead to are of interest.
  var places: [PatternTree.Place] = []
  /// Names of files that were found, and the paths that were told of them.
  var files: [String: String] = [:]
}
