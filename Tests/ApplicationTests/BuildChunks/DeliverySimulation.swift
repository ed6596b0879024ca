@testable import Application
import Domain

/// Random schedules of senders, owners, zombies, crashes, lost acks and queries over the project's own state machines, in
/// the spirit of an executable model of the delivery rules: every action is one step, and every actor may stop between
/// any two.
struct DeliverySimulation {
  /// A rule that can be taken out, to show that the checks notice.
  enum Break: String, CaseIterable {
    case commitWithoutComparing, forgetWindows, keepRecentBelowWatermark, recentAfterIndex, recutAfterCrash
  }

  struct Sender {
    let producer: ProducerID
    let stream: StreamID
    var next: UInt64 = 0
    var open: [UInt64: [String]] = [:]
    var firstSent: [UInt64: Timestamp] = [:]
  }

  struct Owner {
    var ledger: PartitionLedger?
    var planned: PlannedFlush?
    var putLeft = 0
  }

  struct Question {
    let acknowledged: Set<String>
    let logEnd: UInt64
    var recent: (from: UInt64, end: UInt64, messages: [(UInt64, String)])?
    var indexed: (watermark: UInt64, messages: [String])?
  }

  var random: SplitMix
  let broken: Break?
  var log: [LogRecord] = []
  var state = PartitionState.empty
  var stored: [String] = []
  var letters: [DeadLetter] = []
  var owners = [Owner(), Owner()]
  var senders: [Sender]
  var acknowledged: Set<String> = []
  var questions: [Question] = []
  var faults: [String] = []
  var flushes: UInt64 = 0
  var completeAnswers = 0
  var now = Batches.start

  init(seed: UInt64, broken: Break? = nil) throws {
    random = SplitMix(seed)
    self.broken = broken
    senders = try (0..<3).map { number in
      Sender(
        producer: Batches.producer(UInt64(number)),
        stream: try Batches.stream("acme", number == 2 ? "api" : "web"))
    }
  }

  mutating func run(steps: Int = 400) {
    for _ in 0..<steps {
      now = now.advanced(by: .milliseconds(100))
      switch random.below(100) {
      case 0..<12: cut(random.below(senders.count))
      case 12..<34: send(random.below(senders.count))
      case 34..<36: crash(random.below(senders.count))
      case 36..<76: step(random.below(owners.count))
      case 76..<78: owners[random.below(owners.count)] = Owner()
      case 78..<82: ask()
      default: answer()
      }
    }
    settle()
  }

  // MARK: Senders

  private mutating func cut(_ number: Int) {
    let sequence = senders[number].next
    // Newest sent less oldest unacknowledged stays small: well under half the window.
    guard senders[number].open.count < 8 else { return }
    senders[number].next += 1
    senders[number].open[sequence] = (0..<(1 + random.below(3))).map { "\(number).\(sequence).\($0)" }
    senders[number].firstSent[sequence] = now
  }

  private mutating func send(_ number: Int, calm: Bool = false) {
    guard let sequence = senders[number].open.keys.sorted().randomElement(using: &random),
      let messages = senders[number].open[sequence]
    else { return }
    let fate = calm ? 99 : random.below(100)
    if fate < 15 { return }  // never arrives
    let sender = senders[number]
    let record = Batches.record(
      messages, stream: sender.stream, producer: sender.producer, sequence: sequence,
      firstSent: sender.firstSent[sequence] ?? now)
    log.append(LogRecord(offset: UInt64(log.count), appended: now, record: record))
    if fate < 45 { return }  // the ack is lost
    acknowledged.formUnion(messages)
    senders[number].open[sequence] = nil
  }

  /// A sender that crashed sends the same bytes again: its journal kept them.
  private mutating func crash(_ number: Int) {
    guard broken == .recutAfterCrash, let sequence = senders[number].open.keys.min() else { return }
    let rest = senders[number].open.keys.sorted().flatMap { senders[number].open[$0] ?? [] }
    senders[number].open = [sequence: rest]
    senders[number].next = sequence + 1
  }

  // MARK: Owners

  private mutating func step(_ number: Int) {
    guard var ledger = owners[number].ledger else {
      owners[number].ledger = PartitionLedger(
        partition: PartitionID(0), generation: Generation(Identifier128(high: 0, low: 9)),
        epoch: LogEpoch(Identifier128(high: 0, low: 1)),
        state: broken == .forgetWindows
          ? PartitionState(
            epoch: state.epoch, watermark: state.watermark, head: state.head, windows: [:], gaps: []) : state)
      return
    }
    if let planned = owners[number].planned, random.below(100) < 60 {
      if owners[number].putLeft > 0 { owners[number].putLeft -= 1 } else { commit(planned, number) }
      return
    }
    if Int(ledger.position) < log.count, random.below(100) < 75 {
      _ = ledger.take(log[Int(ledger.position)])
    } else if owners[number].planned == nil {
      flushes += 1
      owners[number].planned = ledger.beginFlush(FlushID(Identifier128(high: 1, low: flushes)))
      owners[number].putLeft = random.below(4)
    }
    owners[number].ledger = ledger
  }

  private mutating func commit(_ planned: PlannedFlush, _ number: Int) {
    owners[number].planned = nil
    guard state.head == planned.parent || broken == .commitWithoutComparing else {
      owners[number] = Owner()
      return
    }
    var windows = state.windows
    PartitionWindows.fold(planned.windows, into: &windows, newestAppend: planned.records.newestAppend)
    state = PartitionState(
      epoch: planned.epoch, watermark: planned.range.upperBound, head: planned.id, windows: windows, gaps: [])
    stored += planned.records.batches.flatMap { Self.messages($0.events) }
    letters += planned.letters
    owners[number].ledger?.committed()
  }

  // MARK: Questions

  private mutating func ask() {
    questions.append(Question(acknowledged: acknowledged, logEnd: UInt64(log.count)))
  }

  /// One step of one question: the owner first, then the index.
  private mutating func answer() {
    guard !questions.isEmpty else { return }
    let number = random.below(questions.count)
    let isOwnersTurn = broken == .recentAfterIndex ? questions[number].indexed != nil : questions[number].recent == nil
    if questions[number].recent == nil, isOwnersTurn {
      guard let ledger = owners[random.below(owners.count)].ledger else { return }
      let messages = ledger.recentBatches.flatMap { batch in Self.messages(batch.events).map { (batch.offset, $0) } }
      questions[number].recent = (ledger.watermark, ledger.position, messages)
    } else if questions[number].indexed == nil {
      questions[number].indexed = (state.watermark, stored)
    }
    guard let recent = questions[number].recent, let indexed = questions[number].indexed else { return }
    let question = questions.remove(at: number)
    merge(question, recent, indexed)
  }

  private mutating func merge(
    _ question: Question, _ recent: (from: UInt64, end: UInt64, messages: [(UInt64, String)]),
    _ indexed: (watermark: UInt64, messages: [String])
  ) {
    let isInStep = recent.from <= indexed.watermark || broken == .recentAfterIndex
    let isComplete = isInStep && recent.end >= question.logEnd
    var found = indexed.messages
    if isInStep {
      found += recent.messages.filter { $0.0 >= indexed.watermark || broken == .keepRecentBelowWatermark }.map(\.1)
    }
    if Set(found).count != found.count { faults.append("an answer shows an event twice") }
    guard isComplete else { return }
    completeAnswers += 1
    if !question.acknowledged.isSubset(of: found) { faults.append("a complete answer lacks an acknowledged event") }
  }

  // MARK: The end

  /// Everything under way ends: senders deliver the rest, one owner finishes.
  private mutating func settle() {
    for number in senders.indices {
      while !senders[number].open.isEmpty { send(number, calm: true) }
    }
    owners = [Owner(), Owner()]
    var turns = 0
    while turns < 4_000, owners[0].ledger == nil || state.watermark < UInt64(log.count) || owners[0].planned != nil {
      step(0)
      turns += 1
    }
    if state.watermark < UInt64(log.count) { faults.append("stuck at \(state.watermark) of \(log.count)") }
    if Set(stored).count != stored.count { faults.append("an event is stored twice") }
    let lost = acknowledged.subtracting(stored)
    if !lost.isEmpty { faults.append("lost: \(lost.sorted().prefix(3))") }
    if !letters.isEmpty { faults.append("dead letters without a reason: \(letters.map(\.reason))") }
  }

  private static func messages(_ batch: EventBatch) -> [String] {
    (0..<batch.count).map { String(repairing: batch.bytes.span.extracting(batch.messageRange(at: $0))) }
  }
}

/// SplitMix64, for schedules that a seed repeats.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
