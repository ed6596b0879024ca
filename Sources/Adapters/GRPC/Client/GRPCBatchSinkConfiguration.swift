package import Transport

/// Which servers an agent sends to, and how long it waits for them.
package struct GRPCBatchSinkConfiguration: Sendable {
  /// One is used at a time, the first by chance; the next one when it fails.
  package let servers: [ServerAddress]
  /// Batches of one tenant that wait for their answer at a time; further calls of `send` wait. As many as the server
  /// takes from one stream.
  package var batchesInFlight = 16
  /// How long an answer may take. A stream on which one takes longer is given up, and its batches are sent again. Above
  /// what a slow log needs (the server's own limits are below it).
  package var answerDeadline = Duration.seconds(30)
  /// How long the answer to Describe may take.
  package var describeDeadline = Duration.seconds(10)
  /// Wait after the first failure; each further one doubles it, up to `longestBackoff`. What is waited is chosen by chance
  /// between half and all of it, so that agents do not come back together.
  package var firstBackoff = Duration.milliseconds(100)
  package var longestBackoff = Duration.seconds(10)
  package var http2 = HTTP2ClientConfiguration()

  /// - Precondition: There is a server.
  package init(servers: [ServerAddress]) {
    precondition(!servers.isEmpty, "a sink needs a server")
    self.servers = servers
  }
}
