/// How a Redis server is reached and used.
package struct RedisConfiguration: Sendable {
  /// Nil: a server without access control.
  package var credentials: RedisCredentials?
  /// 0 to 15 as servers come; a cluster has only 0.
  package var database = 0
  /// What all keys begin with; several installations can share a server.
  package var prefix = "cordwood"
  /// Each has a thread; commands that come while one is busy travel together in its next pipeline.
  package var connections = 2
  package var connectTimeout = Duration.seconds(2)
  /// From the call to its answer, the wait in the queue included.
  package var commandTimeout = Duration.seconds(5)
  /// How long a commit waits until a replica has it, where there is one. Below `commandTimeout`.
  package var replicaTimeout = Duration.seconds(2)
  /// Calls that wait for one connection; above it they are refused.
  package var queuedCalls = 1_024
  /// Calls that are sent before the first of their answers is read.
  package var pipelinedCalls = 100
  /// Between two attempts to connect: the first wait, doubled with each, and the longest; half of each is random.
  package var reconnectWaits = Duration.milliseconds(50)...Duration.seconds(5)

  package init() {}

  /// - Throws: Says which value is wrong and what was expected.
  func check() throws(RedisError) {
    func require(_ isRight: Bool, _ what: String) throws(RedisError) { if !isRight { throw .refused(what) } }
    try require((0...1_023).contains(database), "database is \(database): expected 0 to 1023")
    try require(
      (1...64).contains(prefix.utf8.count) && !prefix.contains(where: { "{}".contains($0) }),
      "prefix is '\(prefix)': expected 1 to 64 bytes without braces")
    try require((1...16).contains(connections), "connections is \(connections): expected 1 to 16")
    try require(queuedCalls > 0 && pipelinedCalls > 0, "queuedCalls and pipelinedCalls: expected at least 1")
    try require(
      connectTimeout > .zero && replicaTimeout > .zero && commandTimeout > replicaTimeout,
      "time-outs: expected more than 0, and commandTimeout above replicaTimeout")
  }
}
