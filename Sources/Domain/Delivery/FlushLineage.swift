/// Which flushes are the ones that were committed, told from objects alone (DESIGN section 4, rule 9).
///
/// Owners race: several flushes may begin where one ended, and only one of them was committed. A flush is only built on a
/// committed one, so the committed ones are those that the longest way by parents goes through; the tip of a way may not
/// have been committed, but holds the same records and may count.
package enum FlushLineage {
  /// The way from `head` that reaches farthest; empty if nothing follows it.
  ///
  /// No clock and no randomness: the same flushes in any order give the same way. Where two reach as far, the one whose
  /// next flush has the lower id is taken. Before the first commit (`epoch` nil) any epoch may begin: the one with the
  /// newest record wins.
  ///
  /// - Parameters:
  ///   - head: The flush or gap that set `watermark`; nil before the first commit.
  ///   - flushes: Each once, all its parts there; in any order. Those without a range are never followed.
  package static func farthest(
    from head: FlushID?, epoch: LogEpoch?, watermark: UInt64, among flushes: [FlushRecord]
  ) -> [FlushRecord] {
    // A flush begins where its parent ends, so that from the last beginning to the first each comes after its children.
    let ordered = flushes.indices.filter { !flushes[$0].range.isEmpty }.sorted {
      flushes[$0].range.lowerBound > flushes[$1].range.lowerBound
    }
    var reaches = [UInt64](repeating: 0, count: flushes.count)
    var next = [Int?](repeating: nil, count: flushes.count)
    var children: [FlushID: [Int]] = [:]
    func best(_ candidates: [Int]) -> Int? {
      candidates.min {
        reaches[$0] == reaches[$1] ? flushes[$0].flush < flushes[$1].flush : reaches[$0] > reaches[$1]
      }
    }
    for index in ordered {
      let flush = flushes[index]
      let followers = (children[flush.flush] ?? []).filter {
        flushes[$0].epoch == flush.epoch && flushes[$0].range.lowerBound == flush.range.upperBound
      }
      next[index] = best(followers)
      reaches[index] = next[index].map { reaches[$0] } ?? flush.range.upperBound
      if let parent = flush.parent { children[parent, default: []].append(index) }
    }
    let beginnings = ordered.filter {
      flushes[$0].parent == head && flushes[$0].range.lowerBound == watermark
        && (epoch == nil || flushes[$0].epoch == epoch)
    }
    let ways = Dictionary(grouping: beginnings) { flushes[$0].epoch }.values.compactMap { best($0) }.map { first in
      Array(sequence(first: first) { next[$0] })
    }
    let way = ways.max { newestAppend(of: $0, flushes) < newestAppend(of: $1, flushes) }
    return (way ?? []).map { flushes[$0] }
  }

  /// With the epoch, so that ties are broken the same way whatever the order.
  private static func newestAppend(of way: [Int], _ flushes: [FlushRecord]) -> (Timestamp, LogEpoch) {
    guard let tip = way.last else { return (.distantPast, LogEpoch(Identifier128(high: 0, low: 0))) }
    return (flushes[tip].newestAppend, flushes[tip].epoch)
  }
}
