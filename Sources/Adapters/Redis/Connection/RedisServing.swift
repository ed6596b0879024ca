/// Whoever carries commands to the right server: the seam between what is stored and how servers are found.
protocol RedisServing: Sendable {
  /// Sends commands together and waits for all their answers.
  ///
  /// They reach one server in this order, but others' may come between them. If several are sent of which one is a script, it
  /// may be done after the others (a server that does not know it is told it first).
  ///
  /// - Parameters:
  ///   - key: Decides on the server; all keys of the commands are of its hash slot.
  ///   - isDurable: Whether the answer counts only once a replica has what was changed, where there is one.
  /// - Returns: As many as there are commands; none is an error.
  /// - Throws: The first error that the server answered, or why there is no answer.
  func run(
    _ commands: [RedisCommand], near key: RedisKey, isDurable: Bool
  ) async throws(RedisError) -> [RedisReply]
}

extension RedisServing {
  func run(
    _ command: RedisCommand, near key: RedisKey, isDurable: Bool = false
  ) async throws(RedisError) -> RedisReply {
    let replies = try await run([command], near: key, isDurable: isDurable)
    return replies.first ?? .none
  }
}
