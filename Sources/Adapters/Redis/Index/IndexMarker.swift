import Domain

/// What the index says of itself.
struct IndexMarker: Hashable, Sendable {
  /// Nil: it is not whole.
  let generation: Generation?
  /// Whose data is read; nil before there was any.
  let data: Generation?
  /// What a rebuild that is not finished will give.
  let rebuild: Generation?

  /// - Parameter reply: To `RedisScript.readMarker`.
  init(_ reply: RedisReply) throws(RedisError) {
    let fields = try reply.elements(of: "the marker")
    guard fields.count == 3 else { throw .unexpected(reply, to: "the marker") }
    generation = try Self.generation(fields[0])
    data = try Self.generation(fields[1])
    rebuild = try Self.generation(fields[2])
  }

  static func generation(_ reply: RedisReply) throws(RedisError) -> Generation? {
    guard let bytes = try reply.optionalBytes(of: "the marker") else { return nil }
    guard let value = Identifier128(hexadecimal: String(decoding: bytes, as: UTF8.self)) else {
      throw .corrupt("a generation is not 32 digits")
    }
    return Generation(value)
  }
}
