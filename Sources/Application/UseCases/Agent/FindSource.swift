import Domain

/// Tells by a source's content which one it is and how far it has been imported.
///
/// A source is named by the first 64 KiB of its content: a file that was moved, compressed, or has grown beyond that is the
/// same one. Before it is gone on with, what lies before its checkpoint is read and its checksum compared. If that differs,
/// the source only begins like another one; its name is then made from all of its content.
package struct FindSource: Sendable {
  /// Opens the source at its start, each time it is called.
  package typealias Opening = @Sendable () async throws(LogSourceError) -> any LogSource

  private let tenant: TenantID
  private let journal: any AgentJournal
  private let open: Opening
  private let progress: @Sendable (DeliveryProgress) -> Void

  init(
    tenant: TenantID, journal: any AgentJournal, open: @escaping Opening,
    progress: @escaping @Sendable (DeliveryProgress) -> Void
  ) {
    self.tenant = tenant
    self.journal = journal
    self.open = open
    self.progress = progress
  }

  func callAsFunction() async throws(DeliveryStop) -> FoundSource {
    let opened = try await opened()
    let start = try await start(of: opened)
    let id = named(start.fingerprint)
    if let found = try await resumed(id, opened, start.pieces) { return found }

    // Only a source that can be opened again gets here: standard input says so when it is asked.
    let whole = named(try await wholeFingerprint())
    if let found = try await resumed(whole, try await self.opened(), []) { return found }
    throw DeliveryStop(.sourceFailed(.unreadable(name: opened.name, reason: "it changed while it was read")))
  }

  private func opened() async throws(DeliveryStop) -> any LogSource {
    do throws(LogSourceError) { return try await open() } catch { throw DeliveryStop(.sourceFailed(error)) }
  }

  private func named(_ fingerprint: ContentFingerprint) -> SourceID {
    guard let id = SourceID("\(tenant)/\(fingerprint.value)") else {
      preconditionFailure("a tenant's name of 128 bytes and a fingerprint are within \(SourceID.maximumBytes) bytes")
    }
    return id
  }

  /// What the source begins with, cut for the fingerprint at its very size, and the pieces that were read for it.
  private func start(
    of source: any LogSource
  ) async throws(DeliveryStop) -> (fingerprint: ContentFingerprint, pieces: [[UInt8]]) {
    var fingerprint = ContentFingerprint()
    var pieces: [[UInt8]] = []
    var missing = ContentFingerprint.prefixBytes
    while missing > 0, let piece = try await piece(of: source) {
      fingerprint.update(piece.span.extracting(..<min(missing, piece.count)))
      missing -= min(missing, piece.count)
      pieces.append(piece)
    }
    return (fingerprint, pieces)
  }

  private func wholeFingerprint() async throws(DeliveryStop) -> ContentFingerprint {
    let source = try await opened()
    var fingerprint = ContentFingerprint()
    while let piece = try await piece(of: source) { fingerprint.update(piece.span) }
    return fingerprint
  }

  /// Passes over what was imported of the source `id`; nil if this is another one.
  private func resumed(
    _ id: SourceID, _ source: any LogSource, _ pieces: [[UInt8]]
  ) async throws(DeliveryStop) -> FoundSource? {
    let known: SourceCheckpoint?
    do throws(AgentJournalError) { known = try await journal.checkpoint(of: id) } catch {
      throw DeliveryStop(.journalFailed(error))
    }
    guard let known else { return FoundSource(id: id, source: source, unread: pieces, skipped: SkippedContent()) }
    var unread = pieces[...]
    var skipped = SkippedContent()
    while skipped.bytes < known.offset {
      guard let piece = unread.isEmpty ? try await piece(of: source) : unread.removeFirst() else { return nil }
      let count = Int(min(known.offset - skipped.bytes, UInt64(piece.count)))
      skipped.pass(piece.span.extracting(..<count))
      if count < piece.count { unread.insert(Array(piece[count...]), at: unread.startIndex) }
      progress(.skipping(bytes: skipped.bytes))
    }
    guard skipped.checkpoint == known else { return nil }
    return FoundSource(id: id, source: source, unread: Array(unread), skipped: skipped)
  }

  private func piece(of source: any LogSource) async throws(DeliveryStop) -> [UInt8]? {
    if Task.isCancelled { throw DeliveryStop(.interrupted) }
    do throws(LogSourceError) { return try await source.read() } catch { throw DeliveryStop(error) }
  }
}
