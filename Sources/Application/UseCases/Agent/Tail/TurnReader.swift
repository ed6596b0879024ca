import Domain

/// Reads a file from where it was left, when its content is still that of its source.
struct TurnReader: Sendable {
  /// Bytes of a line's end, which an event's limit does not count.
  static let lineEndBytes = 2

  let files: any LogFiles
  let options: TailOptions
  /// In so many bytes there is always a whole event.
  private var eventBytes: Int { options.lines.maximumEventBytes + Self.lineEndBytes }

  /// - Returns: The result, and the entries that were cut, in order, all of the result's source.
  func turn(
    _ job: TurnJob, _ candidates: CopyCandidates, _ cutter: inout TurnCutter, now: Timestamp
  ) async -> (result: TurnResult, entries: [CutEntry]) {
    var result = TurnResult(job)
    do throws(LogFilesError) {
      let handle: any LogFile
      if let open = job.handle { handle = open } else { handle = try await files.open(job.found) }
      result.handle = handle
      let entries = try await read(handle, job, candidates, &cutter, now, &result)
      return (result, entries)
    } catch {
      switch error {
      case .notFound: result.end = .gone
      case .unavailable(_, let reason): result.end = .unavailable(reason: reason)
      case .unreadable(_, let reason): result.end = .failed(.unreadable(reason: reason))
      case .cancelled: result.end = .unavailable(reason: "interrupted")
      }
      return (result, [])
    }
  }

  private func read(
    _ handle: any LogFile, _ job: TurnJob, _ candidates: CopyCandidates, _ cutter: inout TurnCutter, _ now: Timestamp,
    _ result: inout TurnResult
  ) async throws(LogFilesError) -> [CutEntry] {
    let status = try await handle.status()
    (result.size, result.isDeleted) = (status.size, status.isDeleted)
    let offset = job.source?.offset ?? 0
    let lead = Int(min(offset, UInt64(FileFingerprint.maximumBytes)))
    let base = offset - UInt64(lead)
    var bytes = try await handle.read(at: base, limit: lead + job.limit)
    if let source = job.source {
      guard try await isSame(source, handle, job, bytes, lead) else {
        result.end = .replaced
        return []
      }
    } else {
      if job.mayBeCopy, let end = try await copy(of: candidates, handle, job, bytes) {
        result.end = end
        return []
      }
      if job.startsAtEnd { return try await beginAtEnd(handle, job, status, bytes, &result) }
    }

    let name =
      job.source?.name
      ?? FollowedName(
        identity: job.found.identity, head: FileFingerprint(start: bytes.span), generation: job.generation,
        path: job.found.path)
    let origin = FileOrigin(name.path, options)
    var limit = job.limit
    while true {
      let end = base + UInt64(bytes.count)
      let isLast = bytes.count < lead + limit
      let isEnd = isLast && job.restDueAt.map { $0 >= end } ?? false
      let cut = cutter.cut(
        bytes.span, from: lead, base: base, isEnd: isEnd, origin: origin, memory: &result.memory, now: now)
      if cut.end > lead || isLast || limit >= eventBytes {
        return finish(cut, name, base, bytes, isLast: isLast, &result)
      }
      // Not one whole event in what was read: look at more.
      limit = min(limit * 4, eventBytes)
      bytes = try await handle.read(at: base, limit: lead + limit)
      // Truncated since: the next turn finds out.
      if bytes.count < lead { return [] }
    }
  }

  private func finish(
    _ cut: TurnCutter.Cut, _ name: FollowedName, _ base: UInt64, _ bytes: [UInt8], isLast: Bool,
    _ result: inout TurnResult
  ) -> [CutEntry] {
    let seen = base + UInt64(bytes.count)
    result.size = max(result.size, seen)
    result.bytes = cut.entries.isEmpty ? 0 : Int(base + UInt64(cut.end) - (result.source?.offset ?? 0))
    result.events = cut.events
    result.oversizedEvents = cut.oversizedEvents
    if let last = cut.entries.last {
      result.source = FollowedSource(
        name: name, offset: last.end.offset, anchor: last.end.checksum, longHead: result.source?.longHead)
    }
    if base == 0, bytes.count >= FileFingerprint.maximumBytes {
      result.source?.longHead = FileFingerprint(start: bytes.span).checksum
    }
    if cut.end < bytes.count, isLast {
      result.rest = (size: seen, endsWithLine: bytes[bytes.count - 1] == UInt8(ascii: "\n"))
    }
    result.hasMore = !isLast
    return cut.entries
  }

  /// Whether a source's bytes are still where they were.
  private func isSame(
    _ source: FollowedSource, _ handle: any LogFile, _ job: TurnJob, _ bytes: [UInt8], _ lead: Int
  ) async throws(LogFilesError) -> Bool {
    guard bytes.count >= lead, CRC32C.checksum(bytes.span.extracting(..<lead)) == source.anchor else { return false }
    guard job.verifiesHead else { return true }
    let head = try await handle.read(at: 0, limit: source.name.head.length)
    return FileFingerprint(start: head.span) == source.name.head
  }

  /// Nil if the file is no copy of a source that is known.
  private func copy(
    of candidates: CopyCandidates, _ handle: any LogFile, _ job: TurnJob, _ bytes: [UInt8]
  ) async throws(LogFilesError) -> TurnResult.End? {
    let size = UInt64(bytes.count)
    var growing: [FollowedName] = []
    for candidate in candidates.matches(bytes.span, of: job.found.identity) {
      let source = candidate.source
      let lead = min(source.offset, UInt64(FileFingerprint.maximumBytes))
      let anchor = try await handle.read(at: source.offset - lead, limit: Int(lead))
      if anchor.count == Int(lead) {
        if CRC32C.checksum(anchor.span) == source.anchor { return .copy(source.name) }
      } else {
        growing.append(source.name)
      }
    }
    if growing.isEmpty { return nil }
    return .growingCopy(of: growing, isCopy: size >= UInt64(FileFingerprint.maximumBytes))
  }

  /// Begins a source behind the last whole line that is there.
  private func beginAtEnd(
    _ handle: any LogFile, _ job: TurnJob, _ status: FileStatus, _ bytes: [UInt8], _ result: inout TurnResult
  ) async throws(LogFilesError) -> [CutEntry] {
    let lead = min(status.size, UInt64(job.limit))
    let tail = try await handle.read(at: status.size - lead, limit: Int(lead))
    let end = tail.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? tail.count
    guard tail.count == Int(lead), end > 0 else { return [] }
    let checkpoint = SourceCheckpoint(
      offset: status.size - lead + UInt64(end), checksum: FileFingerprint.anchor(before: end, in: tail.span))
    let head = FileFingerprint(start: bytes.span)
    let name = FollowedName(
      identity: job.found.identity, head: head, generation: job.generation, path: job.found.path)
    result.source = FollowedSource(
      name: name, offset: checkpoint.offset, anchor: checkpoint.checksum,
      longHead: head.length == FileFingerprint.maximumBytes ? head.checksum : nil)
    result.hasMore = checkpoint.offset < status.size
    return [CutEntry(end: checkpoint, batches: [])]
  }
}
