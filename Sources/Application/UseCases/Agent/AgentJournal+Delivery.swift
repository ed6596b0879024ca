import Domain

extension AgentJournal {
  /// What the journal's batches have always had: before the first contact with a server nothing, from then on `version`.
  func placement(orFixedAt version: UInt32) async throws(AgentJournalError) -> UInt32 {
    if let known = try await placement() { return known }
    try await fixPlacement(version)
    return version
  }

  /// Keeps entries.
  ///
  /// - Returns: Nil when they are kept, else why they are not.
  func keep(_ entries: [JournalEntry]) async -> AgentJournalError? {
    do throws(AgentJournalError) { try await append(entries) } catch { return error }
    return nil
  }
}
