@testable import Application
import Domain

/// Rebuilds that do not keep a rule.
extension DeliverySimulation {
  /// The footers as a rebuild would see them that does not keep a rule.
  static func misled(
    _ objects: [ObjectKey: FooterReader.Found], _ base: PartitionSnapshot, by rule: Break
  ) -> [ObjectKey: FooterReader.Found] {
    switch rule {
    case .rebuildWithMissingParts:
      objects.mapValues { found in
        let parts = found.footer.record.parts.filter { objects[$0] != nil }
        return found.with { $0.with(parts: parts.count == found.footer.record.parts.count ? nil : parts) }
      }
    case .rebuildWithoutWindows: objects.mapValues { $0.with { $0.with(windows: []) } }
    case .rebuildByRanges, .rebuildTakesTheFirst: chained(objects, base, byRanges: rule == .rebuildByRanges)
    case .rebuildOverUnknownGap: joined(objects, base)
    default: objects
    }
  }

  /// Only the flushes of one way, which is told to be the only one there is.
  private static func chained(
    _ objects: [ObjectKey: FooterReader.Found], _ base: PartitionSnapshot, byRanges: Bool
  ) -> [ObjectKey: FooterReader.Found] {
    let whole = objects.values.map(\.footer.record).filter { record in
      record.parts.count == record.partCount && record.parts.allSatisfy { objects[$0] != nil }
        && objects[record.parts[0]]?.footer.record == record
    }
    var (head, watermark) = (base.head, base.watermark)
    var chosen: [ObjectKey: FooterReader.Found] = [:]
    while true {
      let next = whole.filter { $0.range.lowerBound == watermark && (byRanges || $0.parent == head) }
      let best =
        byRanges
        ? next.max { ($0.range.upperBound, $0.flush) < ($1.range.upperBound, $1.flush) }
        : next.min { $0.flush < $1.flush }
      guard let best else { return chosen }
      for part in best.parts { chosen[part] = objects[part]?.with { $0.with(parent: head) } }
      (head, watermark) = (best.flush, best.range.upperBound)
    }
  }

  /// Flushes whose parent is unknown are told to follow what was reached before them.
  private static func joined(
    _ objects: [ObjectKey: FooterReader.Found], _ base: PartitionSnapshot
  ) -> [ObjectKey: FooterReader.Found] {
    let records = objects.values.map(\.footer.record)
    let known = Set(records.map(\.flush) + [base.head].compactMap(\.self))
    let way = FlushLineage.farthest(
      from: base.head, epoch: base.epoch, watermark: base.watermark,
      among: records.filter { $0.parts.count == $0.partCount })
    let (head, end) = (way.last?.flush ?? base.head, way.last?.range.upperBound ?? base.watermark)
    return objects.mapValues { found in
      let record = found.footer.record
      guard let parent = record.parent, !known.contains(parent), record.range.lowerBound > end else { return found }
      return found.with { $0.with(parent: head, range: end..<record.range.upperBound) }
    }
  }
}

extension FooterReader.Found {
  fileprivate func with(_ change: (FlushRecord) -> FlushRecord) -> FooterReader.Found {
    FooterReader.Found(
      footer: ObjectFooter(codec: footer.codec, chunks: footer.chunks, record: change(footer.record)), size: size)
  }
}

extension FlushRecord {
  /// The same, but for what is given.
  fileprivate func with(
    parent: FlushID?? = .none, range: Range<UInt64>? = nil, parts: [ObjectKey]? = nil, windows: [WindowChange]? = nil
  ) -> FlushRecord {
    FlushRecord(
      flush: flush, parent: parent ?? self.parent, partition: partition, epoch: epoch, range: range ?? self.range,
      partCount: parts?.count ?? partCount, parts: parts ?? self.parts, windows: windows ?? self.windows,
      deadLetters: deadLetters, newestAppend: newestAppend)
  }
}
