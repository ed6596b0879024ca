import Domain

/// Reads some files in turn, cuts what is new, and keeps it in the journal with one sync.
struct TailRound: Sendable {
  /// What a round came to.
  struct Result: Sendable {
    var turns: [TurnResult] = []
    /// What was cut; to be sent once it is kept.
    var entries: [JournalEntry] = []
    /// Why the journal did not keep the entries; they are to be kept as they are.
    var refusal: AgentJournalError?
    /// The server can never take what was cut.
    var stop: DeliveryStop?
    /// Jobs that were not begun, there being enough already.
    var left: [FileIdentity] = []
  }

  let reader: TurnReader
  let limits: TurnLimits
  let journal: any AgentJournal
  let clock: any WallClock
  var cutting: TailCutting

  mutating func run(_ jobs: [TurnJob], _ candidates: CopyCandidates) async -> Result {
    var result = Result()
    var bytes = 0
    for (index, job) in jobs.enumerated() {
      if bytes >= limits.roundBytes {
        result.left = jobs[index...].map(\.found.identity)
        break
      }
      let (turn, entries) = await reader.turn(job, candidates, &cutting.cutter, now: clock.now())
      bytes += turn.bytes
      result.turns.append(turn)
      guard let source = turn.source?.name.id, !entries.isEmpty else { continue }
      do throws(DeliveryStop) {
        for entry in entries {
          let batches = try cutting.packing.pack(entry.batches, at: clock.now())
          result.entries.append(JournalEntry(source: source, end: entry.end, batches: batches))
        }
      } catch {
        result.stop = error
        return result
      }
    }
    result.refusal = await journal.keep(result.entries)
    return result
  }
}
