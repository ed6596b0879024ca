/// What a look at all files found.
package struct FileSurvey: Sendable {
  /// In the order of their paths.
  package let files: [FoundFile]
  /// Folders that could not be looked at, and the patterns that match nothing, in words for an operator.
  package let problems: [String]

  package init(files: [FoundFile], problems: [String]) {
    self.files = files
    self.problems = problems
  }
}
