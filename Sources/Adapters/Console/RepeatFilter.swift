/// Lets the first line of a kind through, and then one in a while with the number of those held back.
///
/// A kind is known (it was shown less than `interval` ago, or some were held back since) or not. Times are
/// `WallClock.elapsed`.
struct RepeatFilter: Sendable {
  enum Action: Hashable, Sendable {
    case show(repeats: Int)
    case holdBack
  }

  private struct Kind: Hashable {
    let message: String
    let level: LogLevel
    let subject: LogLine.Field?
  }

  private struct Sight {
    var shown: Duration
    var heldBack = 0
    var last: LogLine
  }

  /// Kinds are few: messages times partitions or tenants. Above this many all are forgotten, and shown anew.
  static let maximumKinds = 1_024

  private let interval: Duration
  private var sights: [Kind: Sight] = [:]

  init(interval: Duration) { self.interval = interval }

  mutating func judge(_ line: LogLine, at now: Duration) -> Action {
    let kind = Kind(message: line.message, level: line.level, subject: line.fields.first)
    if var sight = sights[kind], now < sight.shown + interval {
      sight.heldBack += 1
      sight.last = line
      sights[kind] = sight
      return .holdBack
    }
    let repeats = sights[kind]?.heldBack ?? 0
    if sights.count >= Self.maximumKinds { sights.removeAll(keepingCapacity: true) }
    sights[kind] = Sight(shown: now, last: line)
    return .show(repeats: repeats)
  }

  /// The newest line of each kind of which some were held back, and how many; they count as told.
  mutating func takeHeldBack() -> [(line: LogLine, repeats: Int)] {
    let heldBack = sights.values.filter { $0.heldBack > 0 }.sorted { $0.shown < $1.shown }
    for (kind, sight) in sights where sight.heldBack > 0 { sights[kind]?.heldBack = 0 }
    return heldBack.map { ($0.last, $0.heldBack) }
  }
}
