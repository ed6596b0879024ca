import Domain

/// One connection, used on one thread. After it threw it is of no more use.
final class RedisConnection {
  private let stream: any RedisByteStream
  private let reader = ReplyReader()
  private var digests: [RedisScript: [UInt8]] = [:]

  /// Whether the server has closed it while nobody used it.
  var isStale: Bool { stream.isStale }

  /// Introduces itself on a fresh stream, tells the server our scripts, and looks at how it stores.
  ///
  /// - Returns: Also what an operator should know.
  static func open(
    on stream: any RedisByteStream, _ configuration: RedisConfiguration, scripts: [RedisScript],
    before deadline: ContinuousClock.Instant
  ) throws(RedisError) -> (RedisConnection, warnings: [String]) {
    let connection = RedisConnection(stream)
    var greeting: [RedisCommand] = []
    if let credentials = configuration.credentials {
      let user = credentials.user.map { [Array($0.utf8)] } ?? []
      greeting.append(RedisCommand("AUTH", arguments: user + [Array(credentials.password.utf8)]))
    }
    if configuration.database != 0 { greeting.append(RedisCommand("SELECT", .init(decimal: configuration.database))) }
    for reply in try connection.exchange(greeting, before: deadline) {
      // A server without access control refuses AUTH with a long explanation; what it says holds no secret.
      if case .error(let text) = reply { throw RedisError(answer: text) }
    }
    try connection.load(scripts, before: deadline)
    let storage = try connection.exchange(
      [RedisCommand("INFO", Array("memory".utf8)), RedisCommand("INFO", Array("persistence".utf8))], before: deadline)
    return (connection, try ServerStorage(storage).warnings())
  }

  private init(_ stream: any RedisByteStream) { self.stream = stream }

  /// Sends the commands of all calls in one pipeline and settles each call.
  ///
  /// - Throws: When the connection is lost; calls that were not settled before have no answer then.
  func perform(_ calls: [PendingCall], replicaTimeout: Duration) throws(RedisError) {
    let deadline = calls.map(\.deadline).max() ?? .now
    try send(calls.flatMap(\.commands), before: deadline)
    var durable: [(call: PendingCall, replies: [RedisReply])] = []
    var unknown: [(call: PendingCall, replies: [RedisReply])] = []
    func finish(_ call: PendingCall, _ replies: [RedisReply]) {
      if call.isDurable { durable.append((call, replies)) } else { call.settle(Self.answer(replies)) }
    }
    for call in calls {
      let replies = try read(call.commands.count, before: call.deadline)
      if replies.contains(where: \.isUnknownScript) {
        unknown.append((call, replies))
      } else {
        finish(call, replies)
      }
    }
    for (call, replies) in unknown { finish(call, try retell(call, replies)) }
    if durable.isEmpty { return }
    let isReplicated = try awaitReplica(for: replicaTimeout, before: deadline)
    for (call, replies) in durable {
      let missing = RedisError.unavailable(reason: "redis: no replica has it in time", retryAfter: .seconds(1))
      call.settle(isReplicated ? Self.answer(replies) : .failure(missing))
    }
  }

  private static func answer(_ replies: [RedisReply]) -> PendingCall.Answer {
    for case .error(let text) in replies { return .failure(RedisError(answer: text)) }
    return .success(replies)
  }

  /// Does again what the server did not know the script of: it was told to forget them. Nothing of it was done before.
  private func retell(_ call: PendingCall, _ replies: [RedisReply]) throws(RedisError) -> [RedisReply] {
    var replies = replies
    for (place, command) in call.commands.enumerated() where replies[place].isUnknownScript {
      guard case .script(let script) = command.head else { continue }
      try load([script], before: call.deadline)
      replies[place] = try exchange([command], before: call.deadline)[0]
    }
    return replies
  }

  private func load(_ scripts: [RedisScript], before deadline: ContinuousClock.Instant) throws(RedisError) {
    let commands = scripts.map { RedisCommand("SCRIPT", Array("LOAD".utf8), Array($0.source.utf8)) }
    for (script, reply) in zip(scripts, try exchange(commands, before: deadline)) {
      if case .error(let text) = reply { throw RedisError(answer: text) }
      digests[script] = try reply.bytes(of: "SCRIPT LOAD")
    }
  }

  /// Whether a replica has all that this connection has written; true where there is no replica.
  private func awaitReplica(
    for timeout: Duration, before deadline: ContinuousClock.Instant
  ) throws(RedisError) -> Bool {
    let info = try exchange([RedisCommand("INFO", Array("replication".utf8))], before: deadline)[0]
    guard let count = ServerInfo(info)["connected_slaves"], count != "0" else { return true }
    let left = min(timeout, deadline - ContinuousClock.now - .milliseconds(50))
    // 0 would wait for ever.
    let milliseconds = max(1, left.wholeMilliseconds)
    let wait = RedisCommand("WAIT", .init(decimal: 1), .init(decimal: milliseconds))
    let reply = try exchange([wait], before: deadline)[0]
    if case .error(let text) = reply { throw RedisError(answer: text) }
    return try reply.integer(of: "WAIT") >= 1
  }

  private func exchange(
    _ commands: [RedisCommand], before deadline: ContinuousClock.Instant
  ) throws(RedisError) -> [RedisReply] {
    if commands.isEmpty { return [] }
    try send(commands, before: deadline)
    return try read(commands.count, before: deadline)
  }

  private func send(_ commands: [RedisCommand], before deadline: ContinuousClock.Instant) throws(RedisError) {
    var bytes: [UInt8] = []
    for command in commands { command.encode(into: &bytes, digests: digests) }
    try stream.write(bytes, before: deadline)
  }

  private func read(_ count: Int, before deadline: ContinuousClock.Instant) throws(RedisError) -> [RedisReply] {
    var replies: [RedisReply] = []
    while replies.count < count {
      if let reply = try reader.next() {
        replies.append(reply)
        continue
      }
      var failure: RedisError?
      try stream.read(before: deadline) { bytes in
        do throws(RedisError) { try reader.feed(bytes) } catch { failure = error }
      }
      if let failure { throw failure }
    }
    return replies
  }
}

extension RedisReply {
  fileprivate var isUnknownScript: Bool {
    if case .error(let text) = self { text.hasPrefix("NOSCRIPT") } else { false }
  }
}
