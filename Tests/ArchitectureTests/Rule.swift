/// What the project promises of its files. Each rule is a plain function of one file.
enum Rule: String, CaseIterable, Sendable {
  case imports
  case unsafeRooms
  case fileLength
  case sourceFolders
  case packageAccess
  case provenTraps
  case finishedWork
  case describedErrors

  /// What `file` does against the rule, each `path:line: what, and where it belongs`; empty when it keeps it.
  func violations(in file: SourceFile, of tree: SourceTree) -> [String] {
    switch self {
    case .imports: importViolations(in: file, of: tree)
    case .unsafeRooms: unsafeViolations(in: file)
    case .fileLength: lengthViolations(in: file)
    case .sourceFolders: folderViolations(in: file)
    case .packageAccess: accessViolations(in: file)
    case .provenTraps: trapViolations(in: file)
    case .finishedWork: unfinishedWork(in: file)
    case .describedErrors: descriptionViolations(in: file)
    }
  }
}
