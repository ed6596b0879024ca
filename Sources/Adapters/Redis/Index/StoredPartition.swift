import Application
import Domain

/// Where a partition stands: the answer of `RedisScript.readState`.
struct StoredPartition: Sendable {
  let state: PartitionState
  let commits: UInt64
  /// Objects that were ever committed: those of later commits have higher numbers.
  let objectCount: UInt32
  let letterLists: Int

  /// Nil if the partition is not there.
  init?(_ reply: RedisReply) throws(ChunkIndexError) {
    if reply == .none { return nil }
    do throws(RedisError) {
      let words = try reply.elements(of: "a partition's state")
      guard words.count == 8 else { throw .unexpected(reply, to: "a partition's state") }
      var windows: [WindowKey: SequenceWindow] = [:]
      for (key, window) in try words[7].pairs(of: "windows") {
        let key = try WindowKey(stored: try key.bytes(of: "the key of a window"))
        windows[key] = try SequenceWindow(stored: try window.bytes(of: "a window"))
      }
      state = PartitionState(
        epoch: try words[2].identifier().map { LogEpoch($0) }, watermark: try words[0].number(of: "a watermark"),
        head: try words[1].identifier().map { FlushID($0) }, windows: windows, gaps: try words[5].gaps())
      commits = try words[3].number(of: "a count of commits")
      objectCount = UInt32(clamping: try words[4].number(of: "a count of objects"))
      letterLists = Int(try words[6].integer(of: "a count of letters"))
    } catch { throw ChunkIndexError(error) }
  }
}

extension RedisReply {
  /// In the order of their commits.
  func gaps() throws(RedisError) -> [Gap] {
    var gaps: [Gap] = []
    for element in try elements(of: "gaps") {
      let bytes = try element.bytes(of: "a gap")
      var cursor = ByteCursor(end: bytes.count)
      do throws(DecodingError) { gaps.append(try Gap(bytes.span, at: &cursor)) } catch {
        throw .corrupt("a gap: \(error)")
      }
    }
    return gaps
  }
}
