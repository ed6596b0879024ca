/// When committed records may go: some time after they were committed. A plain state machine for one partition.
struct TrimSchedule: Sendable {
  /// Marks kept at most; each stands for a part of the time.
  private static let parts = 32

  private let delay: Duration
  /// Offsets below which everything was committed, and since when, ascending.
  private var marks: [(offset: UInt64, since: Duration)] = []
  private var freed: UInt64 = 0

  init(delay: Duration) { self.delay = delay }

  /// - Returns: The offset below which records may be freed now; nil if there is nothing new to free.
  mutating func note(_ offset: UInt64, at now: Duration) -> UInt64? {
    let gap = delay / Self.parts
    if offset > marks.last?.offset ?? freed, marks.last.map({ now - $0.since >= gap }) ?? true {
      marks.append((offset, now))
    }
    guard let due = marks.lastIndex(where: { now - $0.since >= delay }), marks[due].offset > freed else { return nil }
    let offset = marks[due].offset
    marks.removeFirst(due + 1)
    freed = offset
    return offset
  }
}
