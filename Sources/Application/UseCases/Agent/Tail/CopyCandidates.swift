import Domain

/// The known sources by how they begin: which of them a new file may be a copy of.
struct CopyCandidates: Sendable {
  struct Candidate: Hashable, Sendable {
    let source: FollowedSource
    /// Whether its own file is still there, with its content.
    let isAttached: Bool
  }

  private var byHead: [FileFingerprint: [Candidate]] = [:]
  /// Ascending, each once.
  private var lengths: [Int] = []

  init(_ candidates: [Candidate] = []) {
    for candidate in candidates { byHead[candidate.source.name.head, default: []].append(candidate) }
    lengths = Set(byHead.keys.map(\.length)).sorted()
  }

  /// Those whose head `content`, the start of another file, has; those without a file first.
  func matches(_ content: Span<UInt8>, of identity: FileIdentity) -> [Candidate] {
    var found: [Candidate] = []
    var checksum = CRC32C()
    var summed = 0
    for length in lengths where length <= content.count {
      checksum.update(content.extracting(summed..<length))
      summed = length
      found += byHead[FileFingerprint(length: length, checksum: checksum.value)] ?? []
    }
    let start = FileFingerprint(start: content)
    let fitting = found.filter { candidate in
      guard candidate.source.name.identity != identity else { return false }
      guard start.length == FileFingerprint.maximumBytes, let longHead = candidate.source.longHead else { return true }
      return longHead == start.checksum
    }
    return fitting.filter { !$0.isAttached } + fitting.filter(\.isAttached)
  }
}
