/// A Lua script, which servers keep and know by the SHA-1 of its text.
///
/// It may touch keys of one hash slot only, and names those it builds from its first key: a cluster refuses others.
struct RedisScript: Hashable, Sendable {
  /// Unlike that of every other script.
  let name: String
  let source: String

  static func == (left: RedisScript, right: RedisScript) -> Bool { left.name == right.name }

  func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
