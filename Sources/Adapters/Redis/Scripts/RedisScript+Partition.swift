/// Scripts on one partition of one generation. Their key is the partition's head, a hash whose name ends in `h`; the others
/// have the same name but for that letter (README, "Keys").
///
/// Numbers of 64 bits travel as text and are compared as text: Lua's have 53.
extension RedisScript {
  /// Arguments: the generation; 1 if the partition is staged and counts only once it is complete.
  static let openPartition = RedisScript(
    name: "open-partition",
    source: """
      if redis.call('EXISTS', KEYS[1]) == 0 then
        redis.call('HSET', KEYS[1], 'g', ARGV[1], 'w', '0', 'c', '0', 'n', '0')
        if ARGV[2] == '1' then redis.call('HSET', KEYS[1], 'u', '1') end
      end
      return 1
      """)

  /// From now on nothing is committed to it.
  static let sealPartition = RedisScript(
    name: "seal-partition",
    source: "if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 's', '1') end return 1")

  /// What a commit has to know before it is made. Arguments: milliseconds up to which windows may have expired, most of them
  /// to answer, then the keys of windows.
  ///
  /// Answers the time (two), whether it is sealed, head, watermark, epoch, the windows, and those that may have expired: key and
  /// the bytes of its last append. Nothing if the partition is not there.
  static let prepareCommit = RedisScript(
    name: "prepare-commit",
    source: """
      local head = redis.call('HMGET', KEYS[1], 'g', 's', 'f', 'w', 'e')
      if not head[1] then return false end
      local base = string.sub(KEYS[1], 1, -2)
      local now = redis.call('TIME')
      local windows = {}
      for i = 3, #ARGV do windows[i - 2] = redis.call('HGET', base .. 'w', ARGV[i]) end
      local expired = {}
      local candidates = redis.call('ZRANGEBYSCORE', base .. 'v', '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
      for _, key in ipairs(candidates) do
        local window = redis.call('HGET', base .. 'w', key)
        expired[#expired + 1] = key
        expired[#expired + 1] = window and string.sub(window, 2, 9) or ''
      end
      return {now[1], now[2], head[2], head[3], head[4], head[5], windows, expired}
      """)

  /// One atomic step. Arguments: expected head, watermark, epoch; new head (empty: all three stay), watermark, epoch; the
  /// latest time to do it (seconds, microseconds; empty: any time); the count of commits (`+` for one more); a gap; letters;
  /// then lists, each after its length: objects; streams (tenant, service, both encoded); slices (name, level, number); groups
  /// (stream, slice, length, and for each entry its object and itself); windows (key, value, score); keys of windows that
  /// expired; ids of letters. Streams, slices and objects are counted from 0 within the call.
  ///
  /// Answers `ok`, or why nothing was changed: `lost`, `sealed`, `race` with the head, `old` with the time.
  static let applyCommit = RedisScript(
    name: "apply-commit",
    source: """
      local head = redis.call('HMGET', KEYS[1], 'g', 's', 'f', 'w', 'e', 'n')
      if not head[1] then return {'lost'} end
      if head[2] then return {'sealed'} end
      if (head[3] or '') ~= ARGV[1] or head[4] ~= ARGV[2] or (head[5] and head[5] ~= ARGV[3]) then
        return {'race', head[3] or ''}
      end
      if ARGV[7] ~= '' then
        local now = redis.call('TIME')
        local s, limit = tonumber(now[1]), tonumber(ARGV[7])
        if s > limit or (s == limit and tonumber(now[2]) > tonumber(ARGV[8])) then return {'old', now[1], now[2]} end
      end
      local base = string.sub(KEYS[1], 1, -2)
      local at = 12
      local function take()
        local value = ARGV[at]
        at = at + 1
        return value
      end
      local first = tonumber(head[6])
      local objects = tonumber(take())
      for i = 0, objects - 1 do redis.call('HSET', base .. 'o', struct.pack('<I4', first + i), take()) end
      local streams = {}
      for i = 1, tonumber(take()) do
        local tenant, service, names = take(), take(), take()
        local number = redis.call('HGET', base .. 't' .. tenant, service)
        if not number then
          number = redis.call('RPUSH', base .. 's', names) - 1
          redis.call('HSET', base .. 't' .. tenant, service, number)
          redis.call('SADD', base .. 'n', tenant)
        end
        streams[i] = tostring(number)
      end
      local slices = {}
      for i = 1, tonumber(take()) do
        local name, level, number = take(), take(), take()
        slices[i] = base .. 'c' .. name
        redis.call('ZADD', base .. 'x' .. level, number, name)
      end
      for i = 1, tonumber(take()) do
        local stream, slice, count = streams[tonumber(take()) + 1], slices[tonumber(take()) + 1], tonumber(take())
        local parts = {redis.call('HGET', slice, stream) or ''}
        for j = 1, count do
          parts[#parts + 1] = struct.pack('<I4', first + tonumber(take()))
          parts[#parts + 1] = take()
        end
        redis.call('HSET', slice, stream, table.concat(parts))
      end
      for i = 1, tonumber(take()) do
        local key, value, score = take(), take(), take()
        redis.call('HSET', base .. 'w', key, value)
        redis.call('ZADD', base .. 'v', score, key)
      end
      for i = 1, tonumber(take()) do
        local key = take()
        redis.call('HDEL', base .. 'w', key)
        redis.call('ZREM', base .. 'v', key)
      end
      for i = 1, tonumber(take()) do redis.call('SADD', base .. 'd', take()) end
      if ARGV[10] ~= '' then redis.call('RPUSH', base .. 'a', ARGV[10]) end
      if ARGV[11] ~= '' then redis.call('RPUSH', base .. 'l', ARGV[11]) end
      redis.call('HINCRBY', KEYS[1], 'n', objects)
      if ARGV[9] == '+' then
        redis.call('HINCRBY', KEYS[1], 'c', 1)
      elseif ARGV[9] ~= '' then
        redis.call('HSET', KEYS[1], 'c', ARGV[9])
        redis.call('HDEL', KEYS[1], 'u')
      end
      if ARGV[4] ~= '' then redis.call('HSET', KEYS[1], 'f', ARGV[4], 'w', ARGV[5], 'e', ARGV[6]) end
      return {'ok'}
      """)

  /// Answers watermark, head, epoch, commits, objects, gaps, how many lists of letters there are, and the windows: key and value
  /// in turn. Nothing if the partition is not there.
  static let readState = RedisScript(
    name: "read-state",
    source: """
      local head = redis.call('HMGET', KEYS[1], 'g', 'w', 'f', 'e', 'c', 'n')
      if not head[1] then return false end
      local base = string.sub(KEYS[1], 1, -2)
      return {
        head[2], head[3], head[4], head[5], head[6], redis.call('LRANGE', base .. 'a', 0, -1),
        redis.call('LLEN', base .. 'l'), redis.call('HGETALL', base .. 'w')
      }
      """)

  /// What a look-up reads first. Arguments: tenant, service (empty: all of the tenant's), then for each level its lowest and
  /// highest slice.
  ///
  /// Answers watermark, epoch, objects, gaps, the streams (service and number in turn), and for each level the names of its
  /// slices. Nothing if the partition is not there.
  static let readView = RedisScript(
    name: "read-view",
    source: """
      local head = redis.call('HMGET', KEYS[1], 'g', 'w', 'e', 'n')
      if not head[1] then return false end
      local base = string.sub(KEYS[1], 1, -2)
      local streams = {}
      if ARGV[2] == '' then
        streams = redis.call('HGETALL', base .. 't' .. ARGV[1])
      else
        local number = redis.call('HGET', base .. 't' .. ARGV[1], ARGV[2])
        if number then streams = {ARGV[2], number} end
      end
      local slices = {}
      if #streams > 0 then
        for level = 0, (#ARGV - 2) / 2 - 1 do
          local low, high = ARGV[3 + 2 * level], ARGV[4 + 2 * level]
          slices[level + 1] = redis.call('ZRANGEBYSCORE', base .. 'x' .. level, low, high)
        end
      end
      return {head[2], head[3], head[4], redis.call('LRANGE', base .. 'a', 0, -1), streams, slices}
      """)

  /// Removes all that a generation has of a partition, its head first: who reads it meanwhile looks whether that is there.
  static let sweepPartition = RedisScript(
    name: "sweep-partition",
    source: """
      redis.call('UNLINK', KEYS[1])
      local base = string.sub(KEYS[1], 1, -2)
      for _, tenant in ipairs(redis.call('SMEMBERS', base .. 'n')) do redis.call('UNLINK', base .. 't' .. tenant) end
      for level = 0, \(TimeSlice.shifts.count - 1) do
        for _, name in ipairs(redis.call('ZRANGE', base .. 'x' .. level, 0, -1)) do
          redis.call('UNLINK', base .. 'c' .. name)
        end
        redis.call('UNLINK', base .. 'x' .. level)
      end
      for _, letter in ipairs({'n', 'o', 's', 'a', 'l', 'd', 'w', 'v'}) do redis.call('UNLINK', base .. letter) end
      return 1
      """)
}
