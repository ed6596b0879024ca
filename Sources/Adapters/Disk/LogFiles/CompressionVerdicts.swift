import Application
import Domain

/// Which files are compressed, so that the first bytes of each are read once and not at every look.
struct CompressionVerdicts: Sendable {
  private struct Verdict: Sendable {
    let isCompressed: Bool
    /// Of the file when it was last seen: one that got shorter was written anew.
    let size: UInt64
  }

  private var known: [FileIdentity: Verdict] = [:]
  private var seen: [FileIdentity: Verdict] = [:]

  /// What keeps a file from being read, as far as can be told without reading it.
  mutating func obstacle(of find: FolderWalk.Find, _ tree: any FileTree) -> FoundFile.Obstacle? {
    if CompressedForm.isTold(byNameOf: find.path) { return .compressed }
    guard find.state.size > 0 else { return nil }
    let identity = find.state.identity
    if let verdict = known[identity], verdict.size <= find.state.size {
      seen[identity] = Verdict(isCompressed: verdict.isCompressed, size: find.state.size)
      return verdict.isCompressed ? .compressed : nil
    }
    do throws(FileError) {
      let file = try tree.open(find.path)
      guard try file.state().identity == identity else { return nil }
      let start = try file.read(CompressedForm.recognisedBytes, at: 0)
      switch CompressedForm.sign(start.span) {
      case .compressed:
        seen[identity] = Verdict(isCompressed: true, size: find.state.size)
        return .compressed
      case .plain: seen[identity] = Verdict(isCompressed: false, size: find.state.size)
      case .undecided: break
      }
      return nil
    } catch {
      // Whatever else is wrong is told to whoever opens the file to read it.
      return error.kind == .notPermitted ? .unreadable(reason: SystemErrors.text(error.code)) : nil
    }
  }

  /// Forgets the files that were not asked about since the last call.
  mutating func endSurvey() {
    known = seen
    seen = [:]
  }
}
