extension RedisScript {
  /// A tenant's two buckets. Arguments: events and bytes a second (empty: no limit), the burst in seconds, the cost in events and
  /// bytes, the time in microseconds (empty: the server's).
  ///
  /// Answers 0 if the cost was charged, else how many microseconds to wait. A cost above what a bucket holds is admitted when
  /// it is full, and leaves a debt. A bucket that is full again is forgotten.
  static let admit = RedisScript(
    name: "admit",
    source: """
      local now = tonumber(ARGV[6])
      if not now then
        local time = redis.call('TIME')
        now = tonumber(time[1]) * 1000000 + tonumber(time[2])
      end
      local stored = redis.call('HMGET', KEYS[1], 't', 'e', 'b')
      local elapsed = math.max(0, now - (tonumber(stored[1]) or now)) / 1000000
      local buckets, wait = {}, 0
      for i = 1, 2 do
        local rate, cost = tonumber(ARGV[i]), tonumber(ARGV[3 + i])
        if rate then
          local capacity = math.max(1, rate * tonumber(ARGV[3]))
          local level = math.min(capacity, (tonumber(stored[1 + i]) or capacity) + rate * elapsed)
          -- Less than a millionth is what rounding leaves.
          local missing = math.min(capacity, cost) - level
          if missing > 0.000001 then wait = math.max(wait, math.ceil(missing / rate * 1000000)) end
          buckets[i] = {rate = rate, capacity = capacity, level = level, cost = cost}
        end
      end
      if wait > 0 then return wait end
      local full = 0
      for i, name in ipairs({'e', 'b'}) do
        local bucket = buckets[i]
        if bucket then
          local level = bucket.level - bucket.cost
          redis.call('HSET', KEYS[1], name, level)
          full = math.max(full, (bucket.capacity - level) / bucket.rate)
        else
          redis.call('HDEL', KEYS[1], name)
        end
      end
      redis.call('HSET', KEYS[1], 't', string.format('%.0f', now))
      redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.min(full * 1000 + 1000, 86400000000)))
      return 0
      """)
}
