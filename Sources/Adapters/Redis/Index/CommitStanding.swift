import Application
import Domain

/// What a partition is at before a commit: the answer of `RedisScript.prepareCommit`.
struct CommitStanding {
  let now: Timestamp
  let isSealed: Bool
  let head: FlushID?
  let watermark: UInt64
  let epoch: LogEpoch?
  private(set) var windows: [WindowKey: SequenceWindow] = [:]
  /// Those that may have expired.
  private(set) var expired: [(key: WindowKey, lastAppend: Timestamp)] = []

  /// Nil if the partition is not there.
  ///
  /// - Parameter asked: The windows that were asked for, in their order.
  init?(_ reply: RedisReply, _ asked: [WindowKey]) throws(ChunkIndexError) {
    if reply == .none { return nil }
    do throws(RedisError) {
      let words = try reply.elements(of: "what a commit asks first")
      guard words.count == 8 else { throw .unexpected(reply, to: "what a commit asks first") }
      now = try Timestamp(time: words[0..<2])
      isSealed = words[2] != .none
      head = try words[3].identifier().map { FlushID($0) }
      watermark = try words[4].number(of: "a watermark")
      epoch = try words[5].identifier().map { LogEpoch($0) }
      for (key, stored) in zip(asked, try words[6].elements(of: "windows")) {
        if let bytes = try stored.optionalBytes(of: "a window") { windows[key] = try SequenceWindow(stored: bytes) }
      }
      for (key, lastAppend) in try words[7].pairs(of: "expired windows") {
        let key = try WindowKey(stored: try key.bytes(of: "the key of a window"))
        let time = try lastAppend.bytes(of: "the time of a window")
        // Without a window the key is of no use: dropped with the next commit.
        expired.append((key, time.count == 8 ? Timestamp(nanoseconds: time.span.int64(at: 0)) : .distantPast))
      }
    } catch { throw ChunkIndexError(error) }
  }
}

extension RedisReply {
  /// Sixteen bytes; nil for nothing.
  func identifier() throws(RedisError) -> Identifier128? {
    guard let bytes = try optionalBytes(of: "an identifier") else { return nil }
    guard let identifier = Identifier128(bytes: bytes.span) else { throw .corrupt("an identifier has not 16 bytes") }
    return identifier
  }
}

extension SequenceWindow {
  init(stored bytes: [UInt8]) throws(RedisError) {
    do throws(DecodingError) { self = try SequenceWindow(encoded: bytes.span) } catch {
      throw .corrupt("a window: \(error)")
    }
  }
}

extension WindowKey {
  init(stored bytes: [UInt8]) throws(RedisError) {
    var cursor = ByteCursor(end: bytes.count)
    do throws(DecodingError) { self = try WindowKey(bytes.span, at: &cursor) } catch {
      throw .corrupt("the key of a window: \(error)")
    }
  }
}
