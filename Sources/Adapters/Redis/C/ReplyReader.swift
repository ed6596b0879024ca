import Chiredis

/// Takes answers out of a stream of bytes: hiredis's reader, which needs no connection of its own.
///
/// Used by one thread at a time, as https://github.com/redis/hiredis (read.h) asks.
@safe
final class ReplyReader {
  private let reader: UnsafeMutablePointer<redisReader>

  init() {
    guard let reader = unsafe redisReaderCreate() else { preconditionFailure("no memory for a reader of answers") }
    unsafe self.reader = unsafe reader
  }

  deinit { unsafe redisReaderFree(reader) }

  /// - Throws: `.unavailable` for what is not the protocol; the reader is of no more use then.
  func feed(_ bytes: Span<UInt8>) throws(RedisError) {
    let status = unsafe bytes.withUnsafeBytes { source in
      unsafe redisReaderFeed(reader, source.baseAddress?.assumingMemoryBound(to: CChar.self), source.count)
    }
    guard status == REDIS_OK else { throw failure }
  }

  /// The next answer; nil while it has not come wholly.
  func next() throws(RedisError) -> RedisReply? {
    var found: UnsafeMutableRawPointer?
    guard unsafe redisReaderGetReply(reader, &found) == REDIS_OK else { throw failure }
    guard let found = unsafe found else { return nil }
    defer { unsafe freeReplyObject(found) }
    return unsafe Self.value(of: found.assumingMemoryBound(to: redisReply.self))
  }

  private var failure: RedisError {
    let text = unsafe withUnsafeBytes(of: reader.pointee.errstr) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return .unavailable(reason: "what answers is not redis: \(text)", retryAfter: nil)
  }

  /// Nested at most seven deep, as the library allows.
  private static func value(of reply: UnsafeMutablePointer<redisReply>) -> RedisReply {
    let length = unsafe Int(reply.pointee.len)
    func bytes() -> [UInt8] {
      unsafe [UInt8](UnsafeRawBufferPointer(start: reply.pointee.str, count: length))
    }
    switch unsafe reply.pointee.type {
    case REDIS_REPLY_INTEGER: return unsafe .integer(reply.pointee.integer)
    case REDIS_REPLY_STRING: return .bytes(bytes())
    case REDIS_REPLY_STATUS: return .status(String(decoding: bytes(), as: UTF8.self))
    case REDIS_REPLY_ERROR: return .error(String(decoding: bytes(), as: UTF8.self))
    case REDIS_REPLY_ARRAY:
      var elements: [RedisReply] = []
      let count = unsafe Int(reply.pointee.elements)
      elements.reserveCapacity(count)
      for index in 0..<count {
        if let element = unsafe reply.pointee.element[index] { unsafe elements.append(value(of: element)) }
      }
      return .array(elements)
    default: return .none
    }
  }
}
