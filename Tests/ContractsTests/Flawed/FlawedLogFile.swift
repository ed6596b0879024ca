import Application
import InMemoryAdapter
import LogFilesContract

/// An open file that breaks one promise, or none.
actor FlawedLogFile: LogFile {
  nonisolated let identity: FileIdentity
  private let base: any LogFile
  private let found: FoundFile
  private let files: InMemoryLogFiles
  private let flaw: LogFilesPromise?
  private var largest: UInt64

  init(_ base: any LogFile, _ found: FoundFile, _ files: InMemoryLogFiles, breaking flaw: LogFilesPromise?) {
    identity = base.identity
    self.base = base
    self.found = found
    self.files = files
    self.flaw = flaw
    largest = found.size
  }

  func status() async throws(LogFilesError) -> FileStatus {
    let status = try await base.status()
    largest = max(largest, status.size)
    return FileStatus(
      size: flaw == .seesTruncation ? largest : status.size,
      isDeleted: status.isDeleted && flaw != .readsDeletedFiles)
  }

  func read(at offset: UInt64, limit: Int) async throws(LogFilesError) -> [UInt8] {
    switch flaw {
    case .readsRanges: try await base.read(at: offset, limit: min(limit, 1_000))
    case .readsWhatWasAppended: try await base.read(at: offset, limit: Int(max(found.size, offset) - offset))
    case .readsRenamedFiles: try await atPath().read(at: offset, limit: limit)
    default: try await base.read(at: offset, limit: limit)
    }
  }

  func close() async {
    if flaw != .refusesToReadClosedFiles { await base.close() }
  }

  private func atPath() async throws(LogFilesError) -> any LogFile {
    guard let file = try await files.find(known: []).files.first(where: { $0.path == found.path }) else {
      throw .notFound(path: found.path)
    }
    return try await files.open(file)
  }
}
