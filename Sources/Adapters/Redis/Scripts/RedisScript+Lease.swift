extension RedisScript {
  /// Arguments: the holder, milliseconds, the key of the last token. Answers the token, as text; nothing if another holds it.
  ///
  /// A new token is above the last one and not below the time in microseconds, so that they grow also when Redis lost all.
  static let acquireLease = RedisScript(
    name: "acquire-lease",
    source: """
      local held = redis.call('HMGET', KEYS[1], 'holder', 'token')
      if held[1] and held[1] ~= ARGV[1] then return false end
      local token = held[2]
      if not held[1] then
        local now = redis.call('TIME')
        local last = tonumber(redis.call('GET', ARGV[3]) or '0')
        token = string.format('%.0f', math.max(last + 1, tonumber(now[1]) * 1000000 + tonumber(now[2])))
        redis.call('SET', ARGV[3], token)
        redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'token', token)
      end
      redis.call('PEXPIRE', KEYS[1], ARGV[2])
      return token
      """)

  /// Argument: the holder.
  static let releaseLease = RedisScript(
    name: "release-lease",
    source: """
      if redis.call('HGET', KEYS[1], 'holder') == ARGV[1] then return redis.call('DEL', KEYS[1]) end
      return 0
      """)
}
