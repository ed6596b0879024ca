@testable import Application
import Domain

/// Random schedules of senders, owners, zombies, crashes, lost acks, lost and rolled-back indexes, gaps, snapshots, rebuilds
/// and queries over the project's own state machines, in the spirit of an executable model of the delivery rules: every
/// action is one step, and every actor may stop between any two.
struct DeliverySimulation {
  /// A rule that can be taken out, to show that the checks notice.
  enum Break: String, CaseIterable {
    case commitWithoutComparing, forgetWindows, keepRecentBelowWatermark, recentAfterIndex, recutAfterCrash
    // Rule 8: what an index knows of itself, and which snapshot is the newest. (That answers from an index which is not
    // whole are incomplete is not noticed here: the owner then stands above its watermark, which is checked too.)
    case emptyIndexPassesForWhole, lastWrittenSnapshot
    // Rule 9: what a rebuild follows.
    case rebuildKeepsTheMarker, rebuildByRanges, rebuildTakesTheFirst, rebuildWithMissingParts, rebuildWithoutWindows
    // Rule 6, of which a rebuild knows by snapshots only.
    case flushBehindUnsavedGap
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
    /// Parts that are not in the store yet.
    var toPut: [(key: ObjectKey, object: StoredObject)] = []
  }

  /// An object as a rebuild finds it, and what queries find in it.
  struct StoredObject {
    let found: FooterReader.Found
    let messages: [String]
  }

  struct Question {
    let acknowledged: Set<String>
    let logEnd: UInt64
    var recent: RecentView?
    var indexed: IndexView?
  }

  struct RecentView {
    let from: UInt64
    let end: UInt64
    let gaps: [Gap]
    let messages: [(UInt64, String)]
  }

  struct IndexView {
    let isWhole: Bool
    let watermark: UInt64
    let gaps: [Gap]
    let messages: [String]
  }

  var random: SplitMix
  let broken: Break?
  var log: [LogRecord] = []
  /// Records below it can no longer be read.
  var logStart = 0
  /// Below it the log may have lost records by no fault of ours.
  var taken = 0
  /// Whether anybody but us trims the log: then it has gaps, and no answer is complete behind them.
  let hasRetention: Bool
  /// Events that nothing may take away any more: in the index, and it cannot be set back behind them.
  var safe: Set<String> = []
  /// Offsets at which a message is in the log.
  var copies: [String: [UInt64]] = [:]
  var index = PartitionSnapshot.empty(Self.partition, .first(random: Self.id(0, 9)))
  /// The index has its generation marker.
  var isWhole = true
  /// What the index may be set back to: states that neither a snapshot nor a trimmed log has left behind.
  var history: [PartitionSnapshot] = []
  var store: [ObjectKey: StoredObject] = [:]
  /// In the order in which they were written.
  var snapshots: [PartitionSnapshot] = []
  /// What somebody is about to write.
  var snapshotInHand: PartitionSnapshot?
  var rebuild: Rebuild?
  var owners = [Owner(), Owner()]
  var senders: [Sender]
  var acknowledged: Set<String> = []
  var questions: [Question] = []
  var faults: [String] = []
  var flushes: UInt64 = 0
  var completeAnswers = 0
  var rebuilds = 0
  var now = Batches.start

  static let partition = PartitionID(0)
  static let epoch = LogEpoch(id(0, 1))

  static func id(_ high: UInt64, _ low: UInt64) -> Identifier128 { Identifier128(high: high, low: low) }

  init(seed: UInt64, broken: Break? = nil) throws {
    random = SplitMix(seed)
    self.broken = broken
    hasRetention = seed % 4 == 0
    senders = try (0..<3).map { number in
      Sender(
        producer: Batches.producer(UInt64(number)),
        stream: try Batches.stream("acme", number == 2 ? "api" : "web"))
    }
  }

  mutating func run(steps: Int = 500) {
    for _ in 0..<steps {
      now = now.advanced(by: .milliseconds(100))
      switch random.below(1_000) {
      case 0..<120: cut(random.below(senders.count))
      case 120..<320: send(random.below(senders.count))
      case 320..<340: crash(random.below(senders.count))
      case 340..<700: step(random.below(owners.count))
      case 700..<720: owners[random.below(owners.count)] = Owner()
      case 720..<745: copyIndex()
      case 745..<765: trim()
      case 765..<768: takeByRetention()
      case 768..<776: loseIndex()
      case 776..<784: setIndexBack()
      case 784..<830: stepRebuild()
      case 830..<860: ask()
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
    for message in messages { copies[message, default: []].append(UInt64(log.count)) }
    log.append(LogRecord(offset: UInt64(log.count), appended: now, record: record))
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
