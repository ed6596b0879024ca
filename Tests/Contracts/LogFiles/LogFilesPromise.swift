import Application
import Testing

/// What every adapter of `LogFiles` promises, checked on a folder that the suite changes meanwhile.
///
/// Left open on purpose: whether birth times are known; which further problems are told and in what words; how soon and how
/// exactly changes are told, as long as those of a local file are (inotify here; a network file system may tell none); links,
/// folders and special files, which not every file system has.
package enum LogFilesPromise: String, CaseIterable, Sendable {
  // Finding.
  case findsWhatPatternsMatch
  case findsFilesAtAnyDepth
  case findsNothingInAnEmptyFolder
  case findsEachFileOnce
  case findsNewFiles
  case forgetsDeletedFiles
  case passesOverExcludedFiles
  case tellsPatternsThatMatchNothing
  case tellsCompressedFiles
  case keepsOddNames
  // What a file is.
  case keepsTheIdentityOfRenamedFiles
  case findsKnownFilesUnderOtherNames
  case givesNewFilesAnotherIdentity
  case prefersMatchedNames
  // Reading.
  case readsRanges
  case readsWhatWasAppended
  case seesTruncation
  case readsRenamedFiles
  case readsDeletedFiles
  case refusesToOpenAnotherFile
  case refusesToReadClosedFiles
  // Changes.
  case tellsChangedContent
  case tellsNewNames
  case tellsWhatHappenedBefore
  case losesPatience
  case stopsWaitingWhenCancelled

  /// - Parameter stage: A fresh one.
  package func check(on stage: some LogFilesStage) async throws {
    switch self {
    case .findsWhatPatternsMatch: try await findsWhatPatternsMatch(stage)
    case .findsFilesAtAnyDepth: try await findsFilesAtAnyDepth(stage)
    case .findsNothingInAnEmptyFolder: try await findsNothingInAnEmptyFolder(stage)
    case .findsEachFileOnce: try await findsEachFileOnce(stage)
    case .findsNewFiles: try await findsNewFiles(stage)
    case .forgetsDeletedFiles: try await forgetsDeletedFiles(stage)
    case .passesOverExcludedFiles: try await passesOverExcludedFiles(stage)
    case .tellsPatternsThatMatchNothing: try await tellsPatternsThatMatchNothing(stage)
    case .tellsCompressedFiles: try await tellsCompressedFiles(stage)
    case .keepsOddNames: try await keepsOddNames(stage)
    case .keepsTheIdentityOfRenamedFiles: try await keepsTheIdentityOfRenamedFiles(stage)
    case .findsKnownFilesUnderOtherNames: try await findsKnownFilesUnderOtherNames(stage)
    case .givesNewFilesAnotherIdentity: try await givesNewFilesAnotherIdentity(stage)
    case .prefersMatchedNames: try await prefersMatchedNames(stage)
    case .readsRanges: try await readsRanges(stage)
    case .readsWhatWasAppended: try await readsWhatWasAppended(stage)
    case .seesTruncation: try await seesTruncation(stage)
    case .readsRenamedFiles: try await readsRenamedFiles(stage)
    case .readsDeletedFiles: try await readsDeletedFiles(stage)
    case .refusesToOpenAnotherFile: try await refusesToOpenAnotherFile(stage)
    case .refusesToReadClosedFiles: try await refusesToReadClosedFiles(stage)
    case .tellsChangedContent: try await tellsChangedContent(stage)
    case .tellsNewNames: try await tellsNewNames(stage)
    case .tellsWhatHappenedBefore: try await tellsWhatHappenedBefore(stage)
    case .losesPatience: try await losesPatience(stage)
    case .stopsWaitingWhenCancelled: try await stopsWaitingWhenCancelled(stage)
    }
  }

  /// The one file that is found.
  func onlyFile(of files: any LogFiles, known: Set<FileIdentity> = []) async throws -> FoundFile {
    let found = try await files.find(known: known).files
    try #require(found.count == 1, "\(found.count) files instead of one")
    return found[0]
  }
}
