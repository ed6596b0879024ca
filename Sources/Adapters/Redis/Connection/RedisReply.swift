/// An answer of the server.
enum RedisReply: Hashable, Sendable {
  case none
  case integer(Int64)
  case status(String)
  case bytes([UInt8])
  case array([RedisReply])
  case error(String)

  /// For messages: never the content.
  var kind: String {
    switch self {
    case .none: "nothing"
    case .integer: "a number"
    case .status(let text): "'\(text)'"
    case .bytes(let bytes): "\(bytes.count) bytes"
    case .array(let elements): "\(elements.count) elements"
    case .error(let text): "'\(text)'"
    }
  }

  func elements(of command: String) throws(RedisError) -> [RedisReply] {
    guard case .array(let elements) = self else { throw .unexpected(self, to: command) }
    return elements
  }

  /// Elements in twos, as `HGETALL` answers them; a last one without its second is left out.
  func pairs(of command: String) throws(RedisError) -> [(first: RedisReply, second: RedisReply)] {
    let elements = try elements(of: command)
    return stride(from: 0, to: elements.count - 1, by: 2).map { (elements[$0], elements[$0 + 1]) }
  }

  func integer(of command: String) throws(RedisError) -> Int64 {
    guard case .integer(let value) = self else { throw .unexpected(self, to: command) }
    return value
  }

  /// Nil for nothing.
  func optionalBytes(of command: String) throws(RedisError) -> [UInt8]? {
    switch self {
    case .bytes(let bytes): return bytes
    case .none: return nil
    default: throw .unexpected(self, to: command)
    }
  }

  func bytes(of command: String) throws(RedisError) -> [UInt8] {
    guard case .bytes(let bytes) = self else { throw .unexpected(self, to: command) }
    return bytes
  }

  /// A number that scripts answer as text, since theirs have 53 bits.
  func number(of command: String) throws(RedisError) -> UInt64 {
    guard case .bytes(let bytes) = self, let value = UInt64(String(decoding: bytes, as: UTF8.self)) else {
      throw .unexpected(self, to: command)
    }
    return value
  }
}
