/// Scripts on the marker: a hash `m` (the generation, if the index is whole), `d` (whose data is read: part of the names of
/// all its keys), `r` (the generation that a rebuild will give).
extension RedisScript {
  static let readMarker = RedisScript(
    name: "read-marker", source: "return redis.call('HMGET', KEYS[1], 'm', 'd', 'r')")

  /// Argument: the generation. Answers the marker that is there, or nothing once the new one is.
  static let initialise = RedisScript(
    name: "initialise",
    source: """
      local found = redis.call('HMGET', KEYS[1], 'm', 'd', 'r')
      if found[1] then return found[1] end
      local garbage = KEYS[1] .. ':garbage'
      if found[2] and found[2] ~= ARGV[1] then redis.call('SADD', garbage, found[2]) end
      if found[3] and found[3] ~= ARGV[1] then redis.call('SADD', garbage, found[3]) end
      redis.call('HDEL', KEYS[1], 'r')
      redis.call('HSET', KEYS[1], 'm', ARGV[1], 'd', ARGV[1])
      return false
      """)

  /// Arguments: the generation, a partition. Answers 1 if the generation is the marker; the partition is registered then.
  static let register = RedisScript(
    name: "register",
    source: """
      if redis.call('HGET', KEYS[1], 'm') ~= ARGV[1] then return 0 end
      redis.call('SADD', KEYS[1] .. ':' .. ARGV[1], ARGV[2])
      return 1
      """)

  /// Argument: the generation that the rebuild will give. Takes the marker away.
  static let beginRebuild = RedisScript(
    name: "begin-rebuild",
    source: """
      local old = redis.call('HGET', KEYS[1], 'r')
      if old and old ~= ARGV[1] then redis.call('SADD', KEYS[1] .. ':garbage', old) end
      redis.call('HDEL', KEYS[1], 'm')
      redis.call('HSET', KEYS[1], 'r', ARGV[1])
      return 1
      """)

  /// Arguments: the generation of a rebuild, a partition. Answers 1 if that rebuild is the one that runs.
  static let registerStaged = RedisScript(
    name: "register-staged",
    source: """
      local found = redis.call('HMGET', KEYS[1], 'm', 'r')
      if found[1] or found[2] ~= ARGV[1] then return 0 end
      redis.call('SADD', KEYS[1] .. ':' .. ARGV[1], ARGV[2])
      return 1
      """)

  /// Argument: the generation of a rebuild. Answers 1 once it is the marker and its data is what is read.
  static let finishRebuild = RedisScript(
    name: "finish-rebuild",
    source: """
      local found = redis.call('HMGET', KEYS[1], 'm', 'd', 'r')
      if found[1] or found[3] ~= ARGV[1] then return 0 end
      if found[2] and found[2] ~= ARGV[1] then redis.call('SADD', KEYS[1] .. ':garbage', found[2]) end
      redis.call('HDEL', KEYS[1], 'r')
      redis.call('HSET', KEYS[1], 'm', ARGV[1], 'd', ARGV[1])
      return 1
      """)
}
