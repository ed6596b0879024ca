import Application
import Domain

@testable import GRPCAdapter

/// Answers that no processor of ours gives.
enum RecentGarbage: String, CaseIterable, Sendable {
  case noMessage, noise, noSummary, twoSummaries, noEpoch, shortEpoch, endBeforeStart, moreRecordsThanOffsets
  case tooManyGaps, unannouncedGap, gapThatEndsBeforeItBegins, unannouncedRecord, tooManyBytes, offsetOutOfRange
  case offsetsOutOfOrder, brokenRecord, anotherTenant, anotherService

  func messages() throws -> [[UInt8]] {
    let first = try RecentSamples.batch(0).bytes
    let second = try RecentSamples.batch(1).bytes
    let epoch = [UInt8](repeating: 7, count: 16)
    let one = summary(epoch, records: 1, bytes: first.count)
    switch self {
    case .noMessage: return []
    case .noise: return [[0xff, 0xff, 0xff, 0xff, 1, 2, 3]]
    case .noSummary: return [record(100, first)]
    case .twoSummaries: return [summary(epoch), summary(epoch)]
    case .noEpoch: return [Wire().message(1, Wire().varint(2, 1).varint(3, 2)).bytes]
    case .shortEpoch: return [summary([1, 2, 3])]
    case .endBeforeStart: return [summary(epoch, end: 99)]
    case .moreRecordsThanOffsets: return [summary(epoch, end: 101, records: 2, bytes: first.count)]
    case .tooManyGaps: return [summary(epoch, gaps: 1 << 40)]
    case .unannouncedGap: return [summary(epoch), gap(epoch, 1, 2)]
    case .gapThatEndsBeforeItBegins: return [summary(epoch, gaps: 1), gap(epoch, 2, 1)]
    case .unannouncedRecord: return [one, record(100, first), record(101, second)]
    case .tooManyBytes: return [summary(epoch, records: 1, bytes: 1), record(100, first)]
    case .offsetOutOfRange: return [one, record(110, first)]
    case .offsetsOutOfOrder:
      return [
        summary(epoch, records: 2, bytes: first.count + second.count), record(101, first), record(100, second),
      ]
    case .brokenRecord:
      var broken = first
      broken[broken.count - 1] ^= 1
      return [one, record(100, broken)]
    case .anotherTenant:
      let bytes = try RecentSamples.batch(0, tenant: "tenant-2").bytes
      return [summary(epoch, records: 1, bytes: bytes.count), record(100, bytes)]
    case .anotherService:
      let bytes = try RecentSamples.batch(0, service: "web").bytes
      return [summary(epoch, records: 1, bytes: bytes.count), record(100, bytes)]
    }
  }

  private func summary(
    _ epoch: [UInt8], end: UInt64 = 110, gaps: UInt64 = 0, records: UInt64 = 0, bytes: Int = 0
  ) -> [UInt8] {
    let summary = Wire().bytes(1, epoch).varint(2, 100).varint(3, end).varint(4, 200).varint(5, gaps)
      .varint(6, records).varint(7, UInt64(bytes))
    return Wire().message(1, summary).bytes
  }

  private func gap(_ epoch: [UInt8], _ first: UInt64, _ last: UInt64) -> [UInt8] {
    Wire().message(2, Wire().bytes(1, epoch).varint(2, 1).varint(3, 2).fixed64(4, first).fixed64(5, last)).bytes
  }

  private func record(_ offset: UInt64, _ content: [UInt8]) -> [UInt8] {
    Wire().message(3, Wire().varint(1, offset).bytes(2, content)).bytes
  }
}
