import Domain

/// Cuts a portion of a stream and keeps it in the journal, as one entry: a crash leaves all of it or nothing.
struct StreamRound: Sendable {
  /// What a round came to.
  struct Result: Sendable {
    /// What of the portion may go on.
    var rest: [UInt8] = []
    var bytes = 0
    var events = 0
    var oversizedEvents = 0
    /// What was cut; to be sent once it is kept.
    var entries: [JournalEntry] = []
    /// Why the journal did not keep it; it is to be kept as it is.
    var refusal: AgentJournalError?
    /// The server can never take what was cut.
    var stop: DeliveryStop?
  }

  let source: SourceID
  let origin: FileOrigin
  let journal: any AgentJournal
  let clock: any WallClock
  var cutting: TailCutting
  /// The last one of the stream that is in the journal.
  var cursor: String?
  private var memory = LineMemory()

  init(
    source: SourceID, origin: FileOrigin, journal: any AgentJournal, clock: any WallClock, cutting: TailCutting,
    cursor: String?
  ) {
    self.source = source
    self.origin = origin
    self.journal = journal
    self.clock = clock
    self.cutting = cutting
    self.cursor = cursor
  }

  mutating func run(_ portion: StreamPortion) async -> Result {
    var result = Result()
    let cut = cutting.cutter.cut(
      portion.bytes.span, from: 0, base: portion.offset, isEnd: portion.isComplete, origin: origin, memory: &memory,
      now: clock.now())
    result.rest = Array(portion.bytes[cut.end...])
    (result.bytes, result.events, result.oversizedEvents) = (cut.end, cut.events, cut.oversizedEvents)
    if let known = portion.cursor { cursor = known }
    guard cut.end > 0 else { return result }
    do throws(DeliveryStop) {
      let batches = try cutting.packing.pack(cut.entries.flatMap(\.batches), at: clock.now())
      // Without a checksum: there is nothing to go on with but the cursor.
      let end = SourceCheckpoint(offset: portion.offset + UInt64(cut.end), checksum: 0, cursor: cursor)
      result.entries = [JournalEntry(source: source, end: end, batches: batches)]
    } catch {
      result.stop = error
      return result
    }
    result.refusal = await journal.keep(result.entries)
    return result
  }
}
