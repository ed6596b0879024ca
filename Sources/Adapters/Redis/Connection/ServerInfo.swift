/// What `INFO` answers: lines `name:value`.
struct ServerInfo {
  private var values: [Substring: Substring] = [:]

  /// Empty for another answer, such as that it is not permitted.
  init(_ reply: RedisReply) {
    guard case .bytes(let bytes) = reply else { return }
    // "\r\n" is one character.
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      values[line[..<colon]] = line[line.index(after: colon)...]
    }
  }

  subscript(name: Substring) -> Substring? { values[name] }
}

/// How the server keeps what it is given (DESIGN section 4, rule 8).
struct ServerStorage {
  private let policy: Substring?
  private let appendOnly: Substring?

  /// - Parameter replies: To `INFO memory` and `INFO persistence`.
  init(_ replies: [RedisReply]) throws(RedisError) {
    for case .error(let text) in replies where text.hasPrefix("LOADING") { throw RedisError(answer: text) }
    policy = replies.first.flatMap { ServerInfo($0)["maxmemory_policy"] }
    appendOnly = replies.last.flatMap { ServerInfo($0)["aof_enabled"] }
  }

  /// - Throws: `.refused` if it may drop keys when its memory is full.
  func warnings() throws(RedisError) -> [String] {
    if let policy, policy != "noeviction" {
      throw .refused("redis drops keys when it is full: set maxmemory-policy to noeviction, it is '\(policy)'")
    }
    guard let policy, !policy.isEmpty, let appendOnly else {
      return ["redis does not say how it stores: INFO is not permitted; noeviction and appendonly are not checked"]
    }
    if appendOnly == "1" { return [] }
    return ["redis keeps no append-only file: what it has is lost with its process; set appendonly to yes"]
  }
}
