@testable import Application
import Domain

/// Random schedules of senders, owners, zombies, crashes, lost acks, lost and rolled-back indexes, gaps, snapshots, rebuilds
/// and queries over the project's own state machines, in the spirit of an executable model of the delivery rules: every
/// action is one step, and every actor may stop between any two.
struct DeliverySimulation {
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
    /// Parts that are not in the store yet.
    var toPut: [(key: ObjectKey, object: StoredObject)] = []
    /// What it is about to say that the log has lost.
    var gap: GapCommit?
  }

  /// An object as a rebuild finds it, and what queries find in it.
  struct StoredObject {
    let found: FooterReader.Found
    let messages: [String]
  }

  struct Question {
    let acknowledged: Set<String>
    /// The log's, looked up after it was asked.
    let bounds: LogBounds
    var recent: RecentAnswer?
    var indexed: IndexView?
  }

  struct IndexView {
    let chunks: IndexedChunks
    let messages: [String]
  }

  /// What a schedule may take away that no rule can bring back. Behind such a loss no answer is complete.
  struct Losses: OptionSet {
    let rawValue: UInt64
    /// The log's records, before they are committed.
    static let retention = Losses(rawValue: 1)
    /// The log itself.
    static let log = Losses(rawValue: 2)
    /// The newest snapshots.
    static let snapshots = Losses(rawValue: 4)
  }

  var random: SplitMix
  let broken: Break?
  var log: [LogRecord] = []
  /// Records below it can no longer be read.
  var logStart = 0
  /// Counted up each time the log is replaced.
  var epochs: UInt64 = 1
  /// Below it an epoch of the log may have lost records by no fault of ours.
  var taken: [LogEpoch: UInt64] = [:]
  let losses: Losses
  /// Whether snapshots are few and old.
  let isCopiedRarely: Bool
  /// Whether the index is lost often.
  let isFrail: Bool
  /// Of each owner, how likely it reads on rather than flushes, in percent: where they differ, long flushes that lose the
  /// race reach farther than many short ones that won it.
  let appetites: [Int]
  /// Events that nothing may take away any more: in the index, and it cannot be set back behind them.
  var safe: Set<String> = []
  /// Where each message was put in the log.
  var copies: [String: [Copy]] = [:]
  var index = PartitionSnapshot.empty(Self.partition, .first(random: Self.id(0, 9)))
  /// The index has its generation marker.
  var isWhole = true
  /// What the index may be set back to, the oldest first: that one is replicated.
  var history: [PartitionSnapshot] = []
  var store: [ObjectKey: StoredObject] = [:]
  /// In the order in which they were written.
  var snapshots: [PartitionSnapshot] = []
  /// Snapshots were damaged that alone knew of a gap, and none was written since that knows all: nothing behind it is safe.
  var isExposed = false
  /// What some are about to write.
  var snapshotsInHand: [PartitionSnapshot] = []
  var rebuild: Rebuild?
  var owners = [Owner(), Owner()]
  var senders: [Sender]
  var acknowledged: Set<String> = []
  var questions: [Question] = []
  var faults: [String] = []
  var flushes: UInt64 = 0
  var completeAnswers = 0
  var gapCommits = 0
  var rebuilds = 0
  var now = Batches.start

  static let partition = PartitionID(0)
  var epoch: LogEpoch { LogEpoch(Self.id(0, epochs)) }

  static func id(_ high: UInt64, _ low: UInt64) -> Identifier128 { Identifier128(high: high, low: low) }

  init(seed: UInt64, broken: Break? = nil) throws {
    random = SplitMix(seed)
    self.broken = broken
    // Every other schedule is without any.
    losses = seed % 2 == 0 ? [] : Losses(rawValue: 1 + seed / 2 % 7)
    isCopiedRarely = random.below(2) == 0
    isFrail = random.below(2) == 0
    appetites = random.below(2) == 0 ? [75, 75] : [30, 97]
    senders = try (0..<3).map { number in
      Sender(
        producer: Batches.producer(UInt64(number)),
        stream: try Batches.stream("acme", number == 2 ? "api" : "web"))
    }
  }

  mutating func run(steps: Int = 600) {
    for _ in 0..<steps {
      now = now.advanced(by: .milliseconds(100))
      switch random.below(1_000) {
      case 0..<120: cut(random.below(senders.count))
      case 120..<320: send(random.below(senders.count))
      case 320..<340: crash(random.below(senders.count))
      case 340..<700: step(random.below(owners.count))
      case 700..<720: owners[random.below(owners.count)] = Owner()
      case 720..<740: if !isCopiedRarely || random.below(6) == 0 { copyIndex() }
      case 740..<760: trim()
      case 760..<775: replicate()
      case 775..<778: takeByRetention()
      case 778..<780: replaceLog()
      case 780..<786: beginEpoch()
      case 786..<789: damageSnapshots()
      case 789..<810: if isFrail || random.below(3) == 0 { loseIndex() }
      case 810..<820: setIndexBack()
      case 820..<870: stepRebuild()
      case 870..<895: ask()
      default: answer()
      }
    }
    settle()
  }

  // MARK: Senders

  mutating func cut(_ number: Int) {
    let sequence = senders[number].next
    // Newest sent less oldest unacknowledged stays small: well under half the window.
    guard senders[number].open.count < 8 else { return }
    senders[number].next += 1
    senders[number].open[sequence] = (0..<(1 + random.below(3))).map { "\(number).\(sequence).\($0)" }
    senders[number].firstSent[sequence] = now
  }

  mutating func send(_ number: Int, calm: Bool = false) {
    guard let sequence = senders[number].open.keys.sorted().randomElement(using: &random),
      let messages = senders[number].open[sequence]
    else { return }
    let fate = calm ? 99 : random.below(100)
    if fate < 15 { return }  // never arrives
    let sender = senders[number]
    let record = Batches.record(
      messages, stream: sender.stream, producer: sender.producer, sequence: sequence,
      firstSent: sender.firstSent[sequence] ?? now)
    append(record, messages)
    if fate < 45 { return }  // the ack is lost
    acknowledged.formUnion(messages)
    senders[number].open[sequence] = nil
  }

  /// A sender that crashed sends the same bytes again: its journal kept them.
  mutating func crash(_ number: Int) {
    guard broken == .recutAfterCrash, let sequence = senders[number].open.keys.min() else { return }
    let rest = senders[number].open.keys.sorted().flatMap { senders[number].open[$0] ?? [] }
    senders[number].open = [sequence: rest]
    senders[number].next = sequence + 1
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
