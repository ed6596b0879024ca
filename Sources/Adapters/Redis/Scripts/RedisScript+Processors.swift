/// A hash of entries by processor, and beside it a sorted set of when each ends, in milliseconds.
extension RedisScript {
  /// Arguments: the processor, its entry, milliseconds (0: it is taken out). Takes out what has ended.
  static let announceProcessor = RedisScript(
    name: "announce-processor",
    source: """
      local time = redis.call('TIME')
      local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
      local ends = KEYS[1] .. ':ends'
      redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
      redis.call('ZADD', ends, string.format('%.0f', now + tonumber(ARGV[3])), ARGV[1])
      for _, gone in ipairs(redis.call('ZRANGEBYSCORE', ends, '-inf', string.format('%.0f', now))) do
        redis.call('ZREM', ends, gone)
        redis.call('HDEL', KEYS[1], gone)
      end
      return 1
      """)

  /// Answers the entries of those that have not ended.
  static let liveProcessors = RedisScript(
    name: "live-processors",
    source: """
      local time = redis.call('TIME')
      local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
      local entries = {}
      for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1] .. ':ends', string.format('(%.0f', now), '+inf')) do
        local entry = redis.call('HGET', KEYS[1], id)
        if entry then entries[#entries + 1] = entry end
      end
      return entries
      """)
}
